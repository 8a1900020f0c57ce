//! `dibao check --cluster`: whether the cluster that keeps the archive is in order.

use std::io::Write;

use crate::cli::ExitStatus;
use crate::cli::args::OutputFormat;
use crate::cli::output::console::Console;
use crate::cli::output::facts::counted;
use crate::opensearch::{ClusterSettings, examine};
use crate::present::words::cluster_finding;

pub(crate) fn run(
    settings: &ClusterSettings,
    format: OutputFormat,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let report = examine(settings)?;
    let lang = console.lang;
    if format == OutputFormat::Json {
        serde_json::to_writer_pretty(&mut console.out, &report)?;
        writeln!(console.out)?;
    } else {
        let mut facts = vec![format!("OpenSearch {}", report.version)];
        facts.extend(report.nodes.map(|nodes| counted(lang, nodes, "个节点", ("node", "nodes"))));
        if let Some(index) = &report.index {
            facts.push(index.clone());
            facts.push(counted(lang, report.shards, "个分片", ("shard", "shards")));
            facts.push(counted(lang, report.copies, "份", ("copy", "copies")));
        }
        writeln!(console.out, "{}", facts.join(lang.of("，", ", ")))?;
        for finding in &report.findings {
            writeln!(console.out, "  {}", cluster_finding(lang, finding))?;
        }
        if report.findings.is_empty() {
            writeln!(console.out, "{}", lang.of("一切正常", "all is in order"))?;
        }
    }
    Ok(if report.is_in_order() { ExitStatus::Found } else { ExitStatus::Failed })
}
