//! The tools: each reads its arguments, builds a request, and words the answer.

mod article;
mod cite;
mod compare;
mod count;
pub(super) mod coverage;
mod indicators;
mod search;
mod series;
mod source;
mod trend;

use rmcp::model::{JsonObject, Tool, ToolAnnotations};

use super::arguments::Arguments;
use super::{Reply, ToolContext, ToolError};
use crate::present::Lang;

/// A tool: what it is for, what it takes and gives, and what it does.
#[derive(Debug, Clone, Copy)]
pub(super) struct ToolSpec {
    pub(super) name: &'static str,
    /// In Chinese and in English.
    title: (&'static str, &'static str),
    /// For the model that chooses among tools.
    description: &'static str,
    input: fn() -> JsonObject,
    output: fn() -> JsonObject,
    pub(super) run: fn(&ToolContext<'_>, Arguments) -> Result<Reply, ToolError>,
}

/// Every tool, in the order in which they are listed.
pub(super) const TOOLS: [ToolSpec; 10] = [
    search::TOOL,
    article::TOOL,
    source::TOOL,
    count::TOOL,
    trend::TOOL,
    compare::TOOL,
    cite::TOOL,
    coverage::TOOL,
    indicators::TOOL,
    series::TOOL,
];

/// What a page of hits has beside the selection.
const PAGING: [&str; 5] = ["ungrouped", "sort", "limit", "offset", "after"];

/// Arguments that make an answer shorter, where a tool has them.
const NARROWING: [&str; 7] = ["limit", "line", "district", "topic", "publication", "period", "to"];

impl ToolSpec {
    /// An error that names arguments, with those that this tool has.
    pub(super) fn advised(&self, error: ToolError) -> ToolError {
        match error {
            ToolError::LongAnswer { bytes, most, .. } => {
                let schema = (self.input)();
                let taken = schema.get("properties");
                let has = |name: &&str| taken.is_some_and(|taken| taken.get(name).is_some());
                let narrowed_by = NARROWING.into_iter().filter(has).collect();
                ToolError::LongAnswer { bytes, most, narrowed_by }
            }
            error => error,
        }
    }

    /// As clients are told of it. Every tool reads, and nothing but this archive.
    pub(super) fn described(&self, lang: Lang) -> Tool {
        let title = lang.of(self.title.0, self.title.1);
        let hints = ToolAnnotations::default()
            .read_only(true)
            .destructive(false)
            .idempotent(true)
            .open_world(false);
        Tool::new(self.name, self.description, (self.input)())
            .with_title(title)
            .with_raw_output_schema((self.output)().into())
            .with_annotations(hints)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn advice_names_what_the_tool_takes() {
        let advice = |tool: ToolSpec| {
            let narrowed_by = Vec::new();
            let long = ToolError::LongAnswer { bytes: 2, most: 1, narrowed_by };
            tool.advised(long).text(Lang::En)
        };
        assert!(advice(series::TOOL).ends_with("ask for less, by district, period"));
        assert!(advice(coverage::TOOL).ends_with("at most 1 are given"));
    }

    #[test]
    fn every_tool_is_described_with_every_argument() {
        for tool in TOOLS.map(|tool| tool.described(Lang::En)) {
            let name = &tool.name;
            assert!(tool.description.is_some_and(|text| text.len() > 40), "{name}");
            let properties = tool.input_schema["properties"].as_object().expect("properties");
            for (argument, schema) in properties {
                assert!(schema["description"].is_string(), "{name}: {argument}: {schema}");
            }
            let output = tool.output_schema.expect("a schema of the answer");
            assert_eq!(output["type"], "object", "{name}");
            let text = Value::Object((*output).clone()).to_string();
            for place in text.split("\"#/").skip(1).map(|rest| rest.split('"').next()) {
                let part = place.and_then(|place| place.strip_prefix("$defs/")).expect("a part");
                assert!(output["$defs"].get(part).is_some(), "{name}: {part}");
            }
        }
    }
}
