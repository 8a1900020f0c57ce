//! The lines of a trend: a search for each of several words, or for one word in each of several
//! districts.

use super::{Dimension, ParamError, SearchParams};
use crate::search::MAX_LINES;

impl SearchParams {
    /// The search of each line with its name, under the other parameters of this one. Districts are
    /// compared where there are any, for the first of the words or for all articles; else the words.
    ///
    /// # Errors
    /// When only articles without a date are asked for, and when there are more lines than
    /// [`MAX_LINES`].
    pub fn trend_lines(
        &self,
        words: &[String],
        districts: &[String],
    ) -> Result<Vec<(String, Self)>, ParamError> {
        if self.undated {
            return Err(ParamError::UndatedTrend);
        }
        let (name, count) = match districts.len() {
            0 => ("line", words.len()),
            count => ("district", count),
        };
        if count > MAX_LINES {
            return Err(ParamError::TooManyLines { name, lines: count });
        }
        if districts.is_empty() {
            return Ok(words.iter().map(|word| (word.clone(), self.saying(word))).collect());
        }
        let search = self.saying(words.first().map(String::as_str).unwrap_or_default());
        let within = |name: &String| search.with_values(Dimension::District, vec![name.clone()]);
        Ok(districts.iter().map(|name| (name.clone(), within(name))).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(count: usize) -> Vec<String> {
        (0..count).map(|n| format!("词{n}")).collect()
    }

    #[test]
    fn words_are_compared_or_one_word_in_several_districts() {
        let params = SearchParams { from: "2023".into(), ..SearchParams::default() };
        let lines = params.trend_lines(&words(2), &[]).expect("two lines");
        let expected =
            |name: &str| (name.to_owned(), SearchParams { q: name.to_owned(), ..params.clone() });
        assert_eq!(lines, [expected("词0"), expected("词1")]);
        let districts = ["甲县".to_owned(), "乙县".to_owned()];
        let expected = |q: &str| {
            districts.clone().map(|name| {
                let (q, district) = (q.to_owned(), vec![name.clone()]);
                (name, SearchParams { q, district, ..params.clone() })
            })
        };
        assert_eq!(params.trend_lines(&words(1), &districts).expect("two lines"), expected("词0"));
        assert_eq!(params.trend_lines(&[], &districts).expect("two lines"), expected(""));
        assert_eq!(params.trend_lines(&[], &[]), Ok(Vec::new()));
    }

    #[test]
    fn too_many_lines_and_undated_ones_are_refused() {
        let params = SearchParams::default();
        let count = |words: &[String], districts: &[String]| {
            params.trend_lines(words, districts).map(|lines| lines.len())
        };
        let refused = |name| Err(ParamError::TooManyLines { name, lines: MAX_LINES + 1 });
        assert_eq!(count(&words(MAX_LINES), &[]), Ok(MAX_LINES));
        assert_eq!(count(&words(MAX_LINES + 1), &[]), refused("line"));
        assert_eq!(count(&words(1), &words(MAX_LINES)), Ok(MAX_LINES));
        assert_eq!(count(&words(1), &words(MAX_LINES + 1)), refused("district"));
        let undated = SearchParams { undated: true, ..params.clone() };
        assert_eq!(undated.trend_lines(&words(1), &[]), Err(ParamError::UndatedTrend));
    }
}
