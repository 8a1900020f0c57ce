//! How full the disks of a cluster may become, by its settings.

use serde_json::Value;

use crate::index::DiskStage;

/// The limits, the last one first, by what the settings call them.
const STAGES: [(DiskStage, &str); 3] =
    [(DiskStage::Flood, "flood_stage"), (DiskStage::High, "high"), (DiskStage::Low, "low")];
const ALLOCATION: &str = "cluster.routing.allocation.disk";

/// The last limit that a disk has passed, by the flat settings of the cluster.
pub(super) fn passed(settings: &Value, total: u64, free: u64) -> Option<DiskStage> {
    let setting = |name: &str| {
        let name = format!("{ALLOCATION}.{name}");
        let kinds = ["transient", "persistent", "defaults"];
        kinds.iter().find_map(|kind| settings[*kind][&name].as_str())
    };
    if setting("threshold_enabled") == Some("false") {
        return None;
    }
    let is_passed = |stage: &str| {
        let limit = setting(&format!("watermark.{stage}"));
        limit.and_then(|limit| least_free(limit, total)).is_some_and(|least| free < least)
    };
    STAGES.into_iter().find(|(_, name)| is_passed(name)).map(|(stage, _)| stage)
}

/// Bytes that have to be free by a limit: a share that may be used (`85%`, `0.85`), or bytes (`10gb`).
fn least_free(limit: &str, total: u64) -> Option<u64> {
    let used = match limit.strip_suffix('%') {
        Some(percent) => percent.trim().parse::<f64>().ok()? / 100.0,
        None => match limit.parse::<f64>() {
            Ok(share) => share,
            Err(_) => return bytes_of(limit),
        },
    };
    (0.0..=1.0).contains(&used).then(|| (total as f64 * (1.0 - used)).round() as u64)
}

fn bytes_of(text: &str) -> Option<u64> {
    let digits = text.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = text.split_at(digits);
    let mut units = (0..).zip(["b", "kb", "mb", "gb", "tb", "pb"]);
    let (power, _) = units.find(|(_, known)| *known == unit)?;
    Some((number.trim().parse::<f64>().ok()? * f64::from(1 << 10).powi(power)) as u64)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn limits_are_shares_or_bytes() {
        for (limit, least) in [
            ("85%", Some(150)),
            ("0.95", Some(50)),
            ("100b", Some(100)),
            ("1.5kb", Some(1_536)),
            ("2gb", Some(2 << 30)),
            ("much", None),
            ("120%", None),
        ] {
            assert_eq!(least_free(limit, 1_000), least, "{limit}");
        }
    }

    #[test]
    fn the_last_limit_that_is_passed_counts_and_what_is_set_comes_before_what_is_usual() {
        let of = |stage: &str| format!("{ALLOCATION}.watermark.{stage}");
        let mut settings = json!({
            "persistent": {(of("high")): "80%"},
            "transient": {},
            "defaults": {(of("low")): "70%", (of("high")): "90%", (of("flood_stage")): "95%"},
        });
        for (free, stage) in [
            (400, None),
            (250, Some(DiskStage::Low)),
            (150, Some(DiskStage::High)),
            (40, Some(DiskStage::Flood)),
        ] {
            assert_eq!(passed(&settings, 1_000, free), stage, "{free}");
        }
        settings["transient"][format!("{ALLOCATION}.threshold_enabled")] = json!("false");
        assert_eq!(passed(&settings, 1_000, 40), None, "nobody looks at disks");
    }
}
