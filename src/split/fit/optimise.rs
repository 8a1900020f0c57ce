//! Minimises a smooth function: L-BFGS (Liu and Nocedal, Mathematical Programming 45, 1989) with a
//! backtracking line search.

use std::collections::VecDeque;

/// A function with its gradient. Parameters that are infinite stay as they are.
pub(super) trait Function {
    /// The value at `parameters`; the gradient there is written to `gradient`.
    fn value(&self, parameters: &[f64], gradient: &mut [f64]) -> f64;
}

/// Steps whose curvature is kept.
const MEMORY: usize = 8;
const MIN_STEPS: usize = 20;
/// Ends when a step gains less than this share of the value.
const MIN_GAIN: f64 = 1e-4;

/// A past step: how parameters and gradient changed, and 1 over the product of both.
struct PastStep {
    moved: Vec<f64>,
    bent: Vec<f64>,
    inverse: f64,
}

/// The parameters of a minimum, from `start` on.
pub(super) fn minimise(function: &impl Function, start: Vec<f64>, max_steps: usize) -> Vec<f64> {
    let mut at = start;
    let mut gradient = vec![0.0; at.len()];
    let mut value = function.value(&at, &mut gradient);
    let mut steps: VecDeque<PastStep> = VecDeque::new();
    for number in 0..max_steps {
        let direction = direction(&gradient, &steps);
        let Some(next) = line_search(function, &at, value, &gradient, &direction) else { break };
        let moved: Vec<f64> = at
            .iter()
            .zip(&next.at)
            .map(|(old, new)| if old.is_finite() { new - old } else { 0.0 })
            .collect();
        let bent: Vec<f64> =
            next.gradient.iter().zip(&gradient).map(|(new, old)| new - old).collect();
        let curvature = dot(&moved, &bent);
        if curvature > f64::EPSILON {
            steps.push_back(PastStep { moved, bent, inverse: 1.0 / curvature });
            if steps.len() > MEMORY {
                steps.pop_front();
            }
        }
        let gain = value - next.value;
        (at, gradient, value) = (next.at, next.gradient, next.value);
        if number > MIN_STEPS && gain < MIN_GAIN * value.abs() {
            break;
        }
    }
    at
}

/// The direction of the next step: the gradient bent by the curvature of past steps.
fn direction(gradient: &[f64], steps: &VecDeque<PastStep>) -> Vec<f64> {
    let mut direction: Vec<f64> = gradient.iter().map(|slope| -slope).collect();
    let mut shares = Vec::with_capacity(steps.len());
    for step in steps.iter().rev() {
        let share = dot(&step.moved, &direction) * step.inverse;
        add(&mut direction, &step.bent, -share);
        shares.push(share);
    }
    let scale = match steps.back() {
        Some(last) => dot(&last.moved, &last.bent) / dot(&last.bent, &last.bent),
        None => 1.0 / dot(gradient, gradient).sqrt().max(f64::EPSILON),
    };
    for part in &mut direction {
        *part *= scale;
    }
    for (step, share) in steps.iter().zip(shares.into_iter().rev()) {
        let back = dot(&step.bent, &direction) * step.inverse;
        add(&mut direction, &step.moved, share - back);
    }
    direction
}

struct Iterate {
    at: Vec<f64>,
    gradient: Vec<f64>,
    value: f64,
}

/// The first point on the way that is low enough (Armijo's condition); `None` if there is none.
fn line_search(
    function: &impl Function,
    at: &[f64],
    value: f64,
    gradient: &[f64],
    direction: &[f64],
) -> Option<Iterate> {
    const MAX_HALVINGS: i32 = 12;
    const MIN_DESCENT: f64 = 1e-4;
    let slope = dot(gradient, direction);
    let mut next = Iterate { at: at.to_vec(), gradient: vec![0.0; at.len()], value };
    for halvings in 0..MAX_HALVINGS {
        let rate = 0.5f64.powi(halvings);
        for (place, part) in direction.iter().enumerate() {
            if at[place].is_finite() {
                next.at[place] = at[place] + rate * part;
            }
        }
        next.value = function.value(&next.at, &mut next.gradient);
        if next.value <= value + MIN_DESCENT * rate * slope {
            return Some(next);
        }
    }
    None
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

fn add(to: &mut [f64], from: &[f64], times: f64) {
    for (a, b) in to.iter_mut().zip(from) {
        *a += times * b;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// (x − 3)² + 10 (y + 1)²
    struct Bowl;

    impl Function for Bowl {
        fn value(&self, at: &[f64], gradient: &mut [f64]) -> f64 {
            let (x, y) = (at[0] - 3.0, at[1] + 1.0);
            gradient.copy_from_slice(&[2.0 * x, 20.0 * y, 0.0]);
            x * x + 10.0 * y * y
        }
    }

    #[test]
    fn the_lowest_point_is_found_and_what_is_infinite_stays() {
        let found = minimise(&Bowl, vec![0.0, 0.0, f64::NEG_INFINITY], 50);
        assert!((found[0] - 3.0).abs() < 1e-3 && (found[1] + 1.0).abs() < 1e-3, "{found:?}");
        assert!(found[2].is_infinite());
    }
}
