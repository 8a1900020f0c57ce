//! Which characters a line has: a network that says it of each column, and greedy decoding (CTC).

use rten::Model;
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

use super::detect::TextBox;
use super::line_image::{HEIGHT, line_image};
use crate::recognise::raster::Raster;

/// Reads lines.
pub(super) struct LineReader {
    model: Model,
    dictionary: Vec<String>,
}

/// What a line says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ReadText {
    pub(super) text: String,
    /// Mean over its characters, from 0 to 1.
    pub(super) confidence: f32,
}

impl LineReader {
    pub(super) fn new(model: Vec<u8>, dictionary: Vec<String>) -> Result<Self, String> {
        let model = Model::load(model).map_err(|error| format!("the reader: {error}"))?;
        Ok(Self { model, dictionary })
    }

    pub(super) fn read(&self, raster: &Raster, found: &TextBox) -> Result<ReadText, String> {
        let (dots, width) = line_image(raster, found);
        let input = NdTensor::from_fn([1, 3, HEIGHT, width], |[_, _, y, x]| {
            dots[y * width + x] / 127.5 - 1.0
        });
        let failed = |error: &dyn std::fmt::Display| format!("the reader: {error}");
        let output = self.model.run_one((&input).into(), None).map_err(|error| failed(&error))?;
        let output: NdTensor<f32, 3> = output.try_into().map_err(|error| failed(&error))?;
        // Of each column the likeliest character.
        let columns = output.slice(0);
        let best: Vec<(usize, f32)> = (0..columns.size(0))
            .map(|column| {
                let likely = columns.slice(column);
                let all = likely.iter().copied().enumerate();
                all.fold((0, 0.0), |best, next| if next.1 > best.1 { next } else { best })
            })
            .collect();
        // A blank comes first, and a space last where there is one more than in the list.
        let classes = self.dictionary.len() + 1;
        if !(classes..=classes + 1).contains(&columns.size(1)) {
            return Err(failed(&format!(
                "it tells {} characters apart, and the list has {}",
                columns.size(1),
                self.dictionary.len()
            )));
        }
        Ok(decoded(&best, &self.dictionary))
    }
}

/// The text of the likeliest characters: what is said of several columns in a row is one.
fn decoded(best: &[(usize, f32)], dictionary: &[String]) -> ReadText {
    let mut text = String::new();
    let (mut sum, mut count, mut last) = (0.0, 0u32, 0);
    for &(class, likely) in best {
        if class != 0 && class != last {
            text.push_str(dictionary.get(class - 1).map_or(" ", String::as_str));
            sum += likely;
            count += 1;
        }
        last = class;
    }
    ReadText { text, confidence: if count > 0 { sum / count as f32 } else { 0.0 } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_columns_are_one_character_unless_a_blank_is_between() {
        let dictionary = ["渡".to_owned(), "口".to_owned()];
        let best = [(0, 0.9), (1, 0.8), (1, 0.9), (0, 1.0), (1, 0.6), (2, 1.0), (3, 0.6), (0, 1.0)];
        let read = decoded(&best, &dictionary);
        assert_eq!(read.text, "渡渡口 ");
        assert!((read.confidence - 0.75).abs() < 1e-6);
        assert_eq!(decoded(&[], &dictionary), ReadText { text: String::new(), confidence: 0.0 });
    }
}
