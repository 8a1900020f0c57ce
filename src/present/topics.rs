//! The topics that an article can have.

use std::sync::LazyLock;

use crate::annotate::TopicClassifier;

/// The labels, in the order of the table of topics.
static LABELS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let classifier = TopicClassifier::built_in();
    classifier.labels().iter().map(|label| label.name.clone()).collect()
});

/// The labels of all topics, in the order of their table.
#[must_use]
pub fn topic_labels() -> &'static [String] {
    &LABELS
}
