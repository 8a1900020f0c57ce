//! The arguments of `check`.

use clap::Args;

use super::values::OutputFormat;

/// List what needs manual review
#[derive(Debug, Args)]
#[command(after_help = "\
Lists articles without a date or district, ambiguous districts, uncertain article starts, contents
entries without an article, unassigned lines and files with warnings. Of the numbers of indicators
those that were read with low confidence, have a unit that does not fit, are ten times or a tenth of
those beside them in their series, do not follow from the year before and their growth, or whose
parts do not add up.
Exit codes: 0 something to review, 1 nothing to review, 2 error.")]
pub(crate) struct CheckArgs {
    /// List everything instead of the first few of each kind
    #[arg(long)]
    pub all: bool,
    /// Instead, search for N random strings of the articles and compare the hits with a scan of
    /// every article; exit code 0 if they agree, else 2
    #[arg(long, value_name = "N", conflicts_with = "all")]
    pub literals: Option<usize>,
    #[command(flatten)]
    pub other: OtherCheck,
    /// Seed of the random strings
    #[arg(long, value_name = "NUMBER", default_value_t = 1, requires = "literals")]
    pub seed: u64,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: OutputFormat,
}

/// What is looked at instead of the articles.
#[derive(Debug, Args)]
#[group(multiple = false)]
pub(crate) struct OtherCheck {
    /// Instead, read every file of the index and compare it with its checksums; exit code 0 if they
    /// agree, else 2
    #[arg(long, conflicts_with_all = ["all", "literals"])]
    pub checksums: bool,
    /// Instead, compare the text of each page of each PDF file of the corpus with what `pdftotext` (poppler)
    /// finds on it; exit code 0 if there are pages whose text lacks something
    #[arg(long, conflicts_with_all = ["all", "literals"])]
    pub pdf: bool,
    /// Instead, look at the OpenSearch cluster that keeps the archive: nodes, shards, disks, clocks, fields;
    /// exit code 0 if all is in order, else 2
    #[arg(long, conflicts_with_all = ["all", "literals"])]
    pub cluster: bool,
}

#[derive(Debug)]
pub(crate) struct CheckOptions {
    pub what: CheckWhat,
    pub format: OutputFormat,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum CheckWhat {
    /// What needs an eye: all of it, or the first of each kind.
    Findings { all: bool },
    /// Whether so many strings, chosen by the seed, are found.
    Literals { strings: usize, seed: u64 },
    /// Whether the files of the index are sound.
    Checksums,
    /// Whether the cluster that keeps the archive is in order.
    Cluster,
    /// Whether another program finds more text in PDF files.
    Pdf,
}

impl From<CheckArgs> for CheckOptions {
    fn from(CheckArgs { all, literals, other, seed, format }: CheckArgs) -> Self {
        let OtherCheck { checksums, pdf, cluster } = other;
        let what = match literals {
            Some(strings) => CheckWhat::Literals { strings, seed },
            None if checksums => CheckWhat::Checksums,
            None if cluster => CheckWhat::Cluster,
            None if pdf => CheckWhat::Pdf,
            None => CheckWhat::Findings { all },
        };
        Self { what, format }
    }
}
