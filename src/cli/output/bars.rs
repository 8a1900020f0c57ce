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
}
