//! How much is fitted.

/// How far fitting may go from the weights set by hand.
#[derive(Debug, Clone)]
pub struct FitSettings {
    /// Pull towards the weights set by hand, per squared difference; above 0.
    pub by_hand: f64,
    /// Pull of the weights of fitted features towards 0; above 0.
    pub fitted: f64,
    /// Units that must have a fitted feature for it to have a row.
    pub min_units: usize,
    /// Sources of which at least three units must have a feature of single characters.
    pub min_sources: usize,
    /// Groups of fitted features that are left out: `characters`, `forms`, `habits`, `words`.
    pub without: Vec<String>,
    /// Steps of the optimiser at most.
    pub max_steps: usize,
}

impl Default for FitSettings {
    fn default() -> Self {
        Self {
            by_hand: 10.0,
            fitted: 3.0,
            min_units: 8,
            min_sources: 2,
            without: Vec::new(),
            max_steps: 80,
        }
    }
}
