//! Bars of blocks, in proportion to numbers.

/// A bar in eighths of a column, at most `room` columns for `most`; what is not nothing is at least
/// one eighth.
pub(crate) fn bar(value: f64, most: f64, room: usize) -> String {
    const EIGHTHS: [char; 7] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉'];
    if most <= 0.0 || value <= 0.0 {
        return String::new();
    }
    let share = (value / most).min(1.0);
    let eighths = (share * room as f64 * 8.0).round().max(1.0) as usize;
    let mut bar = "█".repeat(eighths / 8);
    if let Some(rest) = (eighths % 8).checked_sub(1) {
        bar.push(EIGHTHS[rest]);
    }
    bar
}

/// A bar of two parts, for what is certain and for what is possible beyond it, up to `all`: blocks,
/// and light columns. What is possible has one column at least.
pub(crate) fn split_bar(certain: f64, all: f64, most: f64, room: usize) -> (String, String) {
    if all <= certain {
        return (bar(certain, most, room), String::new());
    }
    let solid: String = bar(certain, most, room).chars().take(room.saturating_sub(1)).collect();
    let whole = bar(all, most, room).chars().count();
    let light = whole.saturating_sub(solid.chars().count()).max(1);
    (solid, "░".repeat(light))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_in_proportion_and_never_vanish() {
        assert_eq!(bar(100.0, 100.0, 4), "████");
        assert_eq!(bar(50.0, 100.0, 4), "██");
        assert_eq!(bar(1.0, 1000.0, 4), "▏");
        assert_eq!(bar(0.0, 100.0, 4), "");
        assert_eq!(bar(0.0, 0.0, 4), "");
    }

    #[test]
    fn what_is_possible_goes_on_where_the_certain_part_ends() {
        let both = |certain, all, most| {
            let (certain, possible) = split_bar(certain, all, most, 4);
            certain + &possible
        };
        assert_eq!(both(2.0, 2.0, 4.0), "██");
        assert_eq!(both(2.0, 4.0, 4.0), "██░░");
        assert_eq!(both(0.0, 3.0, 4.0), "░░░");
        assert_eq!(both(1.5, 4.0, 4.0), "█▌░░");
        assert_eq!(both(1_000.0, 1_001.0, 1_001.0), "███░", "never without a column of its own");
        assert_eq!(both(0.0, 1.0, 1_000.0), "░");
    }
}
