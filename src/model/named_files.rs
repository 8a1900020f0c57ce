//! Files that are counted, and of which some are named.

use serde::{Deserialize, Serialize};

/// Files that are counted, and of which some are named.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedFiles {
    /// How many there are.
    pub count: u64,
    /// The names of the first of them.
    pub names: Vec<String>,
}

impl NamedFiles {
    /// Those of these names, of which so many are kept.
    #[must_use]
    pub fn of<'n>(names: impl IntoIterator<Item = &'n String>, most: usize) -> Self {
        let mut files = Self::default();
        names.into_iter().for_each(|name| files.add(name, most));
        files
    }

    /// Counts one more, and keeps its name if there are fewer than so many.
    pub fn add(&mut self, name: &str, most: usize) {
        self.count += 1;
        if self.names.len() < most {
            self.names.push(name.to_owned());
        }
    }
}
