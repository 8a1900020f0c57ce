//! The arguments of `correct` and `curate`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

use super::author::AuthorArgs;
use super::values::OutputFormat;

/// Correct what the program decided about an article, or how a file is cut into articles
#[derive(Debug, Args)]
#[command(after_help = "\
Each flag is a decision of its own. It is written into the folder of --curation, outlives every
ingest, and is applied at once, unless --later is given; the sources are not changed. An empty value
says that there is none. `dibao curate undo` takes a decision back.
Examples:
  dibao correct k7q2 --date 2023-02-09 --why 落款
  dibao correct k7q2 --district 登封市 --district mentioned:新密市 --topic 能源
  dibao correct k7q2 --text 己经=已经 --text 末来=未来
  dibao correct k7q2 --figure k7q2m9x4t1vd-120-135 --value 73.5 --unit 亿元
  dibao correct --split-at zzrb/2023/A02.txt:41
  dibao correct --join k7q2 9x4t
  dibao correct --lines zzrb/2023/A02.txt:60-64 --as banner
  dibao correct --checked zzrb/2023/A02.txt
Exit codes: 0 written, 1 no such article, 2 error.")]
pub(crate) struct CorrectArgs {
    /// Id of the article, or a unique prefix of it
    #[arg(value_name = "ID")]
    #[arg(required_unless_present_any = ["split_at", "join", "lines", "pieces", "checked"])]
    pub id: Option<String>,
    #[command(flatten)]
    pub fields: FieldArgs,
    #[command(flatten)]
    pub figure: FigureArgs,
    #[command(flatten)]
    pub cut: CutArgs,
    #[command(flatten)]
    pub decision: DecisionArgs,
    /// Leave the application to the next `dibao ingest`
    #[arg(long)]
    pub later: bool,
}

/// What a field is.
#[derive(Debug, Args)]
pub(crate) struct FieldArgs {
    /// Kicker (引题)
    #[arg(long, value_name = "TEXT", requires = "id")]
    pub kicker: Option<String>,
    /// Title (主题)
    #[arg(long, value_name = "TEXT", requires = "id")]
    pub title: Option<String>,
    /// Subtitle (副题)
    #[arg(long, value_name = "TEXT", requires = "id")]
    pub subtitle: Option<String>,
    /// Section (栏目)
    #[arg(long, value_name = "TEXT", requires = "id")]
    pub section: Option<String>,
    /// Outlet (来源)
    #[arg(long, value_name = "TEXT", requires = "id")]
    pub outlet: Option<String>,
    /// Document number (文号)
    #[arg(long, value_name = "TEXT", requires = "id")]
    pub docno: Option<String>,
    /// Who issued it
    #[arg(long, value_name = "TEXT", requires = "id")]
    pub issuer: Option<String>,
    /// Newspaper or bulletin
    #[arg(long, value_name = "TEXT", requires = "id")]
    pub publication: Option<String>,
    /// Page (版)
    #[arg(long, value_name = "TEXT", requires = "id")]
    pub page: Option<String>,
    /// Number of the issue
    #[arg(long, value_name = "TEXT", requires = "id")]
    pub issue_number: Option<String>,
    /// Date of the issue: 2023-02-09, 2023-02, or 2023-02-01..2023-02-09
    #[arg(long, value_name = "DAYS", requires = "id")]
    pub issue_date: Option<String>,
    /// Date of the article, in the same form
    #[arg(long, value_name = "DAYS", requires = "id")]
    pub date: Option<String>,
    /// Kind: news, document, profile, photo or notice
    #[arg(long, value_name = "KIND", requires = "id")]
    pub kind: Option<String>,
    /// Genre (文种): 通知, 社论, …
    #[arg(long, value_name = "TEXT", requires = "id")]
    pub genre: Option<String>,
    /// Reporters; repeat for several
    #[arg(long, value_name = "NAME", requires = "id")]
    pub reporter: Vec<String>,
    /// Correspondents
    #[arg(long, value_name = "NAME", requires = "id")]
    pub correspondent: Vec<String>,
    /// Photographers
    #[arg(long, value_name = "NAME", requires = "id")]
    pub photographer: Vec<String>,
    /// Districts, primary first: a name or a code, with the role before a colon where the article is
    /// not about it (mentioned:登封市)
    #[arg(long, value_name = "NAME", requires = "id")]
    pub district: Vec<String>,
    /// Towns, streets, villages
    #[arg(long, value_name = "NAME", requires = "id")]
    pub place: Vec<String>,
    /// Topics, strongest first
    #[arg(long, value_name = "NAME", requires = "id")]
    pub topic: Vec<String>,
    /// It is a reprint of this article
    #[arg(long, value_name = "ID", requires = "id")]
    pub reprint_of: Option<String>,
    /// It is no reprint
    #[arg(long, requires = "id", conflicts_with = "reprint_of")]
    pub not_reprint: bool,
    /// Misread characters and what they should be; characters that both have tell the place
    #[arg(long, value_name = "FROM=TO", requires = "id")]
    pub text: Vec<String>,
    /// What `dibao check` doubts is right: weak_cut, undated, unplaced, ambiguous_place,
    /// doubtful_figure or article_warning
    #[arg(long, value_name = "REASON", requires = "id")]
    pub confirm: Vec<String>,
}

/// What a figure is.
#[derive(Debug, Args)]
pub(crate) struct FigureArgs {
    /// Row of `dibao indicators` that the following flags are about, by its id
    #[arg(long, value_name = "ROW", requires = "id")]
    pub figure: Option<String>,
    /// It is no indicator
    #[arg(long, requires = "figure")]
    pub not_figure: bool,
    /// Its name
    #[arg(long, value_name = "NAME", requires = "figure")]
    pub name: Option<String>,
    /// Its value, in its unit
    #[arg(long, value_name = "NUMBER", requires = "figure", allow_negative_numbers = true)]
    pub value: Option<f64>,
    /// Its unit
    #[arg(long, value_name = "TEXT", requires = "figure")]
    pub unit: Option<String>,
    /// Its period
    #[arg(long, value_name = "DAYS", requires = "figure")]
    pub period: Option<String>,
    /// Its territory
    #[arg(long = "in", value_name = "NAME", requires = "figure")]
    pub territory: Option<String>,
}

/// Where articles begin and end.
#[derive(Debug, Args)]
pub(crate) struct CutArgs {
    /// An article begins with this line
    #[arg(long, value_name = "FILE:LINE")]
    pub split_at: Option<String>,
    /// The second article goes on the first
    #[arg(long, value_name = "ID", num_args = 2)]
    pub join: Vec<String>,
    /// Lines that are of the role that --as says
    #[arg(long, value_name = "FILE:A-B", requires = "role")]
    pub lines: Option<String>,
    /// Role of the lines: banner, contents, stray, title, body, …, as `dibao split --explain` prints
    /// them
    #[arg(long = "as", value_name = "ROLE", id = "role", requires = "lines")]
    pub role: Option<String>,
    /// The lines of one article in the order of reading
    #[arg(long, value_name = "FILE:A-B,…")]
    pub pieces: Option<String>,
    /// The file is cut as it should be: its articles keep their lines, and `dibao curate export` has it
    #[arg(long, value_name = "FILE")]
    pub checked: Option<String>,
}

/// Whose decision it is.
#[derive(Debug, Args)]
pub(crate) struct DecisionArgs {
    /// Why
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub why: String,
    #[command(flatten)]
    pub author: AuthorArgs,
}

/// List, check and undo what people decided
#[derive(Debug, Args)]
pub(crate) struct CurateArgs {
    #[command(subcommand)]
    pub action: CurateAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CurateAction {
    /// List decisions that cannot be applied, wait for an ingest, or cannot be read
    #[command(after_help = "\
Nothing is dropped: what no longer fits stays in its file and is listed with what it said.
Exit codes: 0 something to look at, 1 nothing, 2 error.")]
    Check {
        /// Output format
        #[arg(long, value_enum, default_value_t)]
        format: OutputFormat,
    },
    /// List all decisions, or those about an article or a file
    #[command(after_help = "Exit codes: 0 listed, 1 there are none, 2 error.")]
    List {
        /// Id of an article, or the path of a file below the corpus folder
        #[arg(value_name = "ID|FILE")]
        about: Option<String>,
        /// Output format
        #[arg(long, value_enum, default_value_t)]
        format: OutputFormat,
    },
    /// Write the files that were checked as gold, which `dibao fit` fits the splitter on
    #[command(after_help = "\
A file counts if every article of it has its lines by a decision of a person, as
`dibao correct --checked FILE` writes them down; half of a page would teach what is wrong in the other
half. The files below each first folder of the corpus go into one file of rows.
Examples:
  dibao curate export --gold gold
  dibao fit gold/zzrb.gold.jsonl -o corpus/zzrb/splitter.tsv
Exit codes: 0 written, 1 no file was checked, 2 error.")]
    Export {
        /// Folder that FOLDER.gold.jsonl are written into
        #[arg(long, required = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
        gold: PathBuf,
    },
    /// Take a decision back, also one that took another back
    Undo {
        /// Id of the entry
        #[arg(value_name = "ENTRY")]
        entry: String,
        #[command(flatten)]
        decision: DecisionArgs,
        /// Leave the application to the next `dibao ingest`
        #[arg(long)]
        later: bool,
    },
}

/// A file and its lines as typed: `FILE:A-B,C`.
pub(crate) fn file_lines(typed: &str) -> Option<(String, Vec<crate::model::LineRange>)> {
    let (file, lines) = typed.rsplit_once(':')?;
    let range = |typed: &str| {
        let (first, last) = typed.split_once('-').unwrap_or((typed, typed));
        let range = crate::model::LineRange(first.trim().parse().ok()?, last.trim().parse().ok()?);
        (0 < range.0 && range.0 <= range.1).then_some(range)
    };
    let lines = lines.split(',').map(range).collect::<Option<Vec<_>>>()?;
    Some((file.to_owned(), lines))
}

/// The path of a file below the corpus folder, of one that was typed from where the user is or as it
/// is known.
pub(crate) fn below_corpus(typed: &str, corpus: &std::path::Path) -> String {
    let path = PathBuf::from(typed);
    let real = |path: &std::path::Path| path.canonicalize().ok();
    let within = real(&path)
        .zip(real(corpus))
        .and_then(|(path, corpus)| path.strip_prefix(corpus).ok().map(std::path::Path::to_owned));
    let within = within.filter(|_| !corpus.join(&path).is_file());
    within.map_or_else(|| typed.to_owned(), |path| path.to_string_lossy().replace('\\', "/"))
}
