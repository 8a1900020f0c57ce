//! The tables of all measurements, in Markdown.

use std::fmt::Write;

use anyhow::Result;
use clap::ValueEnum;

use crate::corpus::Facts;
use crate::engine::Name;
use crate::question::Kind;
use crate::steps::{Built, Compared, EngineTimes, KindTimes, Work};

/// The tables of builds, times, and recall and precision; what was not measured is left out.
pub fn tables(work: &Work) -> Result<String> {
    let facts: Facts = work.read("facts.json")?;
    let engines: Vec<Engine> = Name::value_variants()
        .iter()
        .map(|&name| Engine::read(work, name))
        .filter(|engine| engine.built.is_some() || engine.asked.is_some())
        .collect();
    let mut out = String::new();
    let text = facts.text as f64 / 1e6;
    writeln!(
        out,
        "{} articles, made of {} of the corpus; {text:.0} MB of text.\n",
        facts.articles, facts.originals
    )?;
    builds(&mut out, &engines, facts.text)?;
    if engines.iter().any(|engine| engine.asked.is_some()) {
        times(&mut out, &engines)?;
    }
    if engines.iter().any(|engine| !engine.compared.is_empty()) {
        findings(&mut out, &engines)?;
    }
    Ok(out)
}

struct Engine {
    name: Name,
    built: Option<Built>,
    asked: Option<EngineTimes>,
    compared: Vec<Compared>,
}

impl Engine {
    fn read(work: &Work, name: Name) -> Self {
        let value = name.to_possible_value();
        let file = value.as_ref().map_or("", |value| value.get_name());
        Self {
            name,
            built: work.read(&format!("built-{file}.json")).ok(),
            asked: work.read(&format!("asked-{file}.json")).ok(),
            compared: work.read(&format!("compared-{file}.json")).unwrap_or_default(),
        }
    }
}

fn builds(out: &mut String, engines: &[Engine], text: u64) -> Result<()> {
    writeln!(
        out,
        "| engine | build | on the disk | peak of the build | asking: own memory | asking: peak |"
    )?;
    writeln!(out, "|---|---|---|---|---|---|")?;
    for engine in engines {
        write!(out, "| {} |", engine.name.title())?;
        match engine.built.as_ref().filter(|built| built.size > 0) {
            Some(Built { seconds, size, peak }) => write!(
                out,
                " {seconds:.1} s, {:.1} MB/s | {:.0} MB, {:.2} × the text | {peak:.0} MB |",
                text as f64 / 1e6 / seconds,
                *size as f64 / 1e6,
                *size as f64 / text as f64,
            )?,
            None => write!(out, " – | – | – |")?,
        }
        match engine.asked.as_ref().filter(|_| engine.name != Name::Ripgrep) {
            Some(asked) => writeln!(out, " {:.0} MB | {:.0} MB |", asked.own, asked.peak)?,
            None => writeln!(out, " – | – |")?,
        }
    }
    writeln!(out)?;
    Ok(())
}

fn times(out: &mut String, engines: &[Engine]) -> Result<()> {
    head(out, "p50 / p99, ms", engines)?;
    for kind in Kind::ALL {
        write!(out, "| {} |", kind.title())?;
        for engine in engines {
            let asked = engine.asked.iter().flat_map(|asked| &asked.kinds);
            let of_kind = asked.into_iter().find(|asked| asked.kind == kind);
            match of_kind {
                Some(asked) => write!(out, " {} |", cell(asked, engines, kind)?)?,
                None => write!(out, " – |")?,
            }
        }
        writeln!(out)?;
    }
    writeln!(out)?;
    Ok(())
}

fn cell(asked: &KindTimes, engines: &[Engine], kind: Kind) -> Result<String> {
    if !asked.possible || asked.times.is_empty() {
        return Ok("–".into());
    }
    let all = engines.iter().flat_map(|engine| &engine.asked).flat_map(|asked| &asked.kinds);
    let most = all.filter(|other| other.kind == kind).map(|other| other.times.len()).max();
    let mut cell = format!("{} / {}", rank(&asked.times, 0.5), rank(&asked.times, 0.99));
    if asked.times.len() < most.unwrap_or(0) {
        write!(cell, " (of {})", asked.times.len())?;
    }
    if asked.short > 0 {
        write!(cell, " ({} short pages)", asked.short)?;
    }
    Ok(cell)
}

fn findings(out: &mut String, engines: &[Engine]) -> Result<()> {
    head(out, "recall / precision", engines)?;
    for kind in Kind::ALL.into_iter().filter(|kind| kind.is_checked()) {
        write!(out, "| {} |", kind.title())?;
        for engine in engines {
            let of_kind = engine.compared.iter().find(|compared| compared.kind == kind);
            match of_kind.filter(|compared| compared.questions > 0) {
                Some(compared) => write!(out, " {} |", shares(compared, engines)?)?,
                None => write!(out, " – |")?,
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

fn shares(compared: &Compared, engines: &[Engine]) -> Result<String> {
    let share = |of: u64| match of {
        0 => "–".to_owned(),
        // Rounded down, so that only a complete result shows as 1.
        of => format!("{:.4}", (compared.shared_pairs as f64 / of as f64 * 1e4).floor() / 1e4),
    };
    let mut shares = format!("{} / {}", share(compared.true_pairs), share(compared.found_pairs));
    let all = engines.iter().flat_map(|engine| &engine.compared);
    let most = all.filter(|other| other.kind == compared.kind).map(|other| other.questions).max();
    if compared.questions < most.unwrap_or(0) {
        write!(shares, " (of {})", compared.questions)?;
    }
    if compared.wrong_totals > 0 {
        write!(shares, " ({} totals wrong)", compared.wrong_totals)?;
    }
    Ok(shares)
}

fn head(out: &mut String, what: &str, engines: &[Engine]) -> Result<()> {
    write!(out, "| {what} |")?;
    for engine in engines {
        write!(out, " {} |", engine.name.title())?;
    }
    writeln!(out, "\n|---|{}", "---|".repeat(engines.len()))?;
    Ok(())
}

/// The percentile of the times for this share of the questions (nearest rank).
fn rank(sorted: &[f64], share: f64) -> String {
    let at = ((sorted.len() as f64 * share).ceil() as usize).saturating_sub(1);
    match sorted.get(at) {
        Some(time) if *time < 10.0 => format!("{time:.2}"),
        Some(time) => format!("{time:.0}"),
        None => "–".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn the_rank_is_a_time_that_was_measured() {
        let times = [0.5, 1.0, 2.0, 30.4];
        assert_eq!((rank(&times, 0.5), rank(&times, 0.99)), ("1.00".into(), "30".into()));
        assert_eq!(rank(&[], 0.5), "–");
    }
}
