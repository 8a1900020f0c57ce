//! `dibao export --verify`: an exported file compared with its manifest and with the archive.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, Write};
use std::path::Path;

use anyhow::{anyhow, bail};

use super::export::open;
use crate::cli::ExitStatus;
use crate::cli::args::exporting::VerifyOptions;
use crate::cli::args::filters::WordingArgs;
use crate::cli::args::folders::Folders;
use crate::cli::args::selection;
use crate::cli::output::console::Console;
use crate::cli::output::facts::{articles, counted, number};
use crate::cli::output::{failure, files};
use crate::export::{
    ArchiveStamp, DigestWriter, EntryForm, ExportContents, ExportEntries, ExportManifest,
    ExportOrigin, ExportSettings, Exported, Exporter, FileDigest, Format,
};
use crate::model::{ArticleId, Record};
use crate::present::{Lang, PageLimits, SearchParams, Selection};
use crate::query::Synonyms;
use crate::search::{Archive, FigureFilter, Request};

/// Ids that are printed of each difference.
const MAX_IDS: usize = 10;

pub(crate) fn run(
    folders: &Folders,
    options: VerifyOptions,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let lang = console.lang;
    let VerifyOptions { file, selection, settings, wording } = options;
    // Where a link leads: there the manifest stands, too.
    let path = file.canonicalize().map_err(|error| failure::at_path(&file, error))?;
    let beside = files::manifest_path(&path);
    let manifest = match std::fs::read(&beside) {
        Ok(text) => Some(ExportManifest::parse(&text).ok_or_else(|| unreadable(lang, &beside))?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(failure::at_path(&beside, error)),
    };
    let (archive, stamp) = open(folders)?;
    let verifier = Verifier { archive, stamp, path, lang };
    let agrees = match (manifest, selection) {
        (Some(_), Some(_)) => bail!(lang.of(
            "这个文件有导出清单，检索式和筛选条件以清单为准；请去掉命令行中的检索式和筛选条件",
            "the file has a manifest, which names the query and its filters; leave them out",
        )),
        (Some(manifest), None) => {
            verifier.with_manifest(&manifest, folders, &wording, &mut console.out)?
        }
        (None, Some(selection)) => {
            let settings = settings.ok_or_else(|| {
                anyhow!(lang.of(
                    "从扩展名看不出格式；请加 --format",
                    "the format cannot be told by the name of the file; add --format",
                ))
            })?;
            verifier.with_selection(&selection, settings, &mut console.out)?
        }
        (None, None) => {
            let format = settings.map(|settings| settings.format);
            verifier.by_ids(format, &mut console.out)?
        }
    };
    console.out.flush()?;
    Ok(ExitStatus::of(u64::from(agrees)))
}

fn unreadable(lang: Lang, beside: &Path) -> anyhow::Error {
    let shown = beside.display();
    anyhow!(lang.of(
        format!("{shown}：不是本程序能读的导出清单；移走后可按检索式或编号核对"),
        format!("{shown}: no manifest that this program can read; without it a file can be compared by its query or its ids"),
    ))
}

/// The file, and the archive that it is compared with.
struct Verifier {
    archive: Archive,
    stamp: ArchiveStamp,
    path: std::path::PathBuf,
    lang: Lang,
}

impl Verifier {
    /// Whether file, manifest and archive agree.
    fn with_manifest(
        &self,
        manifest: &ExportManifest,
        folders: &Folders,
        wording: &WordingArgs,
        out: &mut dyn Write,
    ) -> anyhow::Result<bool> {
        let lang = self.lang;
        let (origin, written) = (&manifest.origin, &manifest.file.digest);
        let file = self.digest()?;
        writeln!(out, "{}", file_line(lang, &file, written))?;
        let program = env!("CARGO_PKG_VERSION");
        if origin.program != program {
            let then = origin.program.escape_debug();
            let line = lang.of(
                format!("文件由 dibao {then} 写出，本程序为 {program}，写法可能不同"),
                format!("written by dibao {then}; this is {program}, which may write otherwise"),
            );
            writeln!(out, "{line}")?;
        }
        writeln!(out, "{}", index_line(lang, &self.stamp, &origin.archive))?;
        let request = self.request(origin, folders, wording, out)?;
        let filter = origin.figures.as_ref().map(|params| params.filter(origin.day));
        let filter = filter.transpose()?.unwrap_or_default();
        let again = self.again(&manifest.export, &request, &filter, origin)?;
        writeln!(out, "{}", count_line(lang, again.entries, manifest))?;
        let is_same = again.digest == *written;
        let line = if is_same {
            lang.of(
                "重新导出的内容与写出时逐字节相同",
                "exported again it is the same, byte by byte",
            )
        } else {
            lang.of("重新导出的内容与写出时不同", "exported again it is not the same")
        };
        writeln!(out, "{line}")?;
        if file != again.digest {
            self.differences(manifest.export.entry_form(), again.file, out)?;
        }
        if manifest.is_edited() {
            writeln!(out, "{}", lang.of(
                "导出清单写出后被改动过，其中所写不能作准",
                "the manifest was edited after it was written: what it says is not to be relied on",
            ))?;
        }
        let agrees = file == *written && is_same && !manifest.is_edited();
        verdict(lang, agrees, out)?;
        Ok(agrees)
    }

    /// Whether a file without a manifest is what its query gives now.
    fn with_selection(
        &self,
        selection: &Selection,
        settings: ExportSettings,
        out: &mut dyn Write,
    ) -> anyhow::Result<bool> {
        let lang = self.lang;
        let file = self.digest()?;
        let mut start = Vec::new();
        self.file()?.take(3).read_to_end(&mut start)?;
        let byte_order_mark = start == "\u{feff}".as_bytes();
        let contents = ExportContents::Articles(ExportSettings { byte_order_mark, ..settings });
        let origin = ExportOrigin::new(selection, self.stamp.clone());
        let filter = FigureFilter::default();
        let again = self.again(&contents, &selection.request, &filter, &origin)?;
        let found = counted(lang, again.entries, "篇", ("article", "articles"));
        writeln!(
            out,
            "{}",
            lang.of(
                format!("没有导出清单；检索得 {found}"),
                format!("no manifest; the query finds {found}"),
            )
        )?;
        writeln!(out, "{}", lang.of(
            "无法核对：文件自写出以来是否有改动，当时的索引状态",
            "not checked: whether the file has changed since it was written, and the state of the index then",
        ))?;
        let is_same = file == again.digest;
        let form = contents.entry_form();
        if !is_same && form.is_none() {
            writeln!(out, "{}", lang.of(
                "重新导出的内容不同；这种格式可能写有日期和索引状态，没有清单不能逐篇比较",
                "exported again it is not the same; the format may have the day and the state of the index in it, and is not compared article by article",
            ))?;
        } else if !is_same {
            self.differences(form, again.file, out)?;
        }
        verdict(lang, is_same, out)?;
        Ok(is_same)
    }

    /// Whether the archive has each article of the file as it is there.
    fn by_ids(&self, format: Option<Format>, out: &mut dyn Write) -> anyhow::Result<bool> {
        let lang = self.lang;
        let form = match format {
            Some(Format::Jsonl) => EntryForm::Lines,
            Some(Format::Csv) => EntryForm::Table,
            _ => bail!(lang.of(
                "没有导出清单；csv 和 jsonl 以外的格式请把检索式和筛选条件再写一遍，如 dibao export 氢能 --verify 氢能.xlsx",
                "no manifest; but for csv and jsonl, repeat the query and its filters, as in dibao export 氢能 --verify 氢能.xlsx",
            )),
        };
        let file = ExportEntries::read(form, self.file()?)?;
        if file.is_empty() {
            bail!(lang.of(
                "没有导出清单，文件中也没有文章，无法核对；请把检索式和筛选条件再写一遍",
                "no manifest, and no articles in the file, so that nothing can be checked; repeat the query and its filters",
            ));
        }
        let mut here = ExportEntries::default();
        for id in file.ids() {
            let id = ArticleId(id.to_owned());
            for record in self.articles(&id)? {
                here.extend(entry(format.unwrap_or_default(), form, &record)?);
            }
        }
        if here.is_empty() {
            bail!(lang.of(
                "没有导出清单，文件中也没有这个索引的文章；如为指标数值或另一索引的导出，没有清单无法核对",
                "no manifest, and none of its articles is in this index; values of indicators, and exports of another index, cannot be checked without it",
            ));
        }
        let entries = counted(lang, file.len(), "篇", ("article", "articles"));
        writeln!(
            out,
            "{}",
            lang.of(
                format!("没有导出清单；文件中有 {entries}，按编号与索引比较"),
                format!(
                    "no manifest; the file has {entries}, compared with the index by their ids"
                ),
            )
        )?;
        writeln!(
            out,
            "{}",
            lang.of(
                "无法核对：文件是否完整，检索式和筛选条件是什么",
                "not checked: whether the file is whole, and what its query and filters were",
            )
        )?;
        let agrees = self.tell_differences(&file, &here, out)?;
        verdict(lang, agrees, out)?;
        Ok(agrees)
    }

    /// The request that the file was made by. The query is run with the synonyms of then.
    fn request(
        &self,
        origin: &ExportOrigin,
        folders: &Folders,
        wording: &WordingArgs,
        out: &mut dyn Write,
    ) -> anyhow::Result<Request> {
        let lang = self.lang;
        let limits = PageLimits::NONE;
        let typed = selection::on(&origin.search, wording, folders, lang, origin.day);
        let is_as_then =
            |selection: &Selection| selection.request.query.to_string() == origin.normal_form;
        match typed {
            Ok(typed) if is_as_then(&typed) => return Ok(typed.request),
            _ => {}
        }
        let search =
            SearchParams { q: origin.normal_form.clone(), exact: true, ..origin.search.clone() };
        let then = search.selection(&Synonyms::default(), origin.day, limits);
        let then = then.map_err(|_| {
            anyhow!(lang.of(
                "同义词已变，清单中的检索式含同义词太长，无法重新检索；请恢复导出时的同义词文件",
                "the synonyms have changed, and with them the query of the manifest is too long to be run again; restore the synonyms file of then",
            ))
        })?;
        writeln!(
            out,
            "{}",
            lang.of(
                "同义词在导出后有变化；按导出时的同义词检索",
                "the synonyms have changed since then; the query is run with those of then",
            )
        )?;
        Ok(then.request)
    }

    fn again(
        &self,
        contents: &ExportContents,
        request: &Request,
        filter: &FigureFilter,
        origin: &ExportOrigin,
    ) -> anyhow::Result<ExportedAgain> {
        let mut file =
            tempfile::tempfile().map_err(|error| failure::at_path(&std::env::temp_dir(), error))?;
        let mut digest = DigestWriter::new(io::BufWriter::new(&mut file));
        let counts = contents
            .export_again(&self.archive, request, filter, origin, &mut digest)
            .map_err(failure::of_export)?;
        digest.flush()?;
        let digest = digest.finish();
        file.rewind()?;
        Ok(ExportedAgain { entries: counts.entries, digest, file })
    }

    /// Says which entries of the file differ from those of the export that was made again.
    fn differences(
        &self,
        form: Option<EntryForm>,
        again: File,
        out: &mut dyn Write,
    ) -> anyhow::Result<()> {
        let Some(form) = form else {
            writeln!(
                out,
                "{}",
                self.lang.of("这种格式不逐条比较", "this format is not compared entry by entry")
            )?;
            return Ok(());
        };
        let file = ExportEntries::read(form, self.file()?)?;
        let again = ExportEntries::read(form, again)?;
        if self.tell_differences(&file, &again, out)? {
            writeln!(out, "{}", self.lang.of(
                "各条内容相同，只有次序或写法不同",
                "the entries are the same; only their order or the way they are written differs",
            ))?;
        }
        Ok(())
    }

    /// Whether there are none.
    fn tell_differences(
        &self,
        file: &ExportEntries,
        now: &ExportEntries,
        out: &mut dyn Write,
    ) -> anyhow::Result<bool> {
        let lang = self.lang;
        let differences = file.differences(now);
        let (mut deleted, mut unmatched) = (Vec::new(), Vec::new());
        for id in &differences.gone {
            let is_there = !self.articles(&ArticleId(id.clone()))?.is_empty();
            (if is_there { &mut unmatched } else { &mut deleted }).push(id.clone());
        }
        let mut agrees = file.unreadable == 0;
        for (ids, said) in [
            (&deleted, lang.of("只在文件中，检索不到", "in the file alone, and not found now")),
            (
                &unmatched,
                lang.of("在索引中，但不再符合检索式", "in the archive, but not found by the query"),
            ),
            (&differences.new, lang.of("检索得到，文件中没有", "found now, and not in the file")),
            (&differences.changed, lang.of("内容与文件中的不同", "not as it is in the file")),
        ] {
            if ids.is_empty() {
                continue;
            }
            agrees = false;
            let more = if ids.len() > MAX_IDS { " …" } else { "" };
            let shown = ids.iter().take(MAX_IDS).map(String::as_str).collect::<Vec<_>>().join(" ");
            let colon = lang.of("：", ": ");
            writeln!(out, "  {said}{colon}{}  {shown}{more}", number(ids.len() as u64))?;
        }
        if file.unreadable > 0 {
            let lines = counted(lang, file.unreadable, "行", ("line", "lines"));
            writeln!(
                out,
                "  {}",
                lang.of(
                    format!("{lines}没有编号，无法识别"),
                    format!("{lines} without an id, not understood"),
                )
            )?;
        }
        Ok(agrees)
    }

    /// The articles of a whole id.
    fn articles(&self, id: &ArticleId) -> anyhow::Result<Vec<Record>> {
        let mut found = self.archive.get(id)?;
        found.retain(|record| record.id == *id);
        Ok(found)
    }

    fn digest(&self) -> anyhow::Result<FileDigest> {
        let mut digest = DigestWriter::new(io::sink());
        io::copy(&mut self.file()?, &mut digest)
            .map_err(|error| failure::at_path(&self.path, error))?;
        Ok(digest.finish())
    }

    fn file(&self) -> anyhow::Result<BufReader<File>> {
        let file = File::open(&self.path).map_err(|error| failure::at_path(&self.path, error))?;
        Ok(BufReader::new(file))
    }
}

fn file_line(lang: Lang, now: &FileDigest, then: &FileDigest) -> String {
    let bytes = number(now.bytes);
    if now == then {
        return lang.of(
            format!("文件与写出时一致：{bytes} 字节，SHA-256 相符"),
            format!("the file is as it was written: {bytes} bytes, same SHA-256"),
        );
    }
    let then = number(then.bytes);
    lang.of(
        format!("文件在写出后有改动：现为 {bytes} 字节，写出时 {then} 字节，SHA-256 不符"),
        format!(
            "the file has changed since it was written: {bytes} bytes, {then} then; another SHA-256"
        ),
    )
}

fn index_line(lang: Lang, now: &ArchiveStamp, then: &ArchiveStamp) -> String {
    let articles_now = articles(lang, now.articles);
    if now.state == then.state {
        return lang.of(
            format!("索引与导出时相同：{articles_now}"),
            format!("the index is as it was then: {articles_now}"),
        );
    }
    let then = number(then.articles);
    lang.of(
        format!("索引在导出后有变化：现有 {articles_now}，导出时 {then} 篇"),
        format!("the index has changed since then: {articles_now}, {then} then"),
    )
}

fn count_line(lang: Lang, now: u64, manifest: &ExportManifest) -> String {
    let (unit, english) = match manifest.export {
        ExportContents::Articles(_) => ("篇文章", ("article", "articles")),
        ExportContents::Indicators(_) => ("个数值", ("value", "values")),
    };
    let then = manifest.counts.entries;
    let found = counted(lang, now, unit, english);
    if now == then {
        return lang.of(
            format!("重新检索得 {found}，与导出时相同"),
            format!("the query finds {found}, as many as then"),
        );
    }
    let then = number(then);
    lang.of(
        format!("重新检索得 {found}，导出时为 {then}"),
        format!("the query finds {found}, {then} then"),
    )
}

/// An export that was made again.
struct ExportedAgain {
    entries: u64,
    digest: FileDigest,
    file: File,
}

/// An article as it stands in a file.
fn entry(format: Format, form: EntryForm, record: &Record) -> anyhow::Result<ExportEntries> {
    let mut bytes = Vec::new();
    let settings = ExportSettings { format, ..ExportSettings::default() };
    let mut exporter = Exporter::new(&settings, 1, &mut bytes)?;
    exporter.write(Exported { record, marks: &[] })?;
    exporter.finish()?;
    Ok(ExportEntries::read(form, bytes.as_slice())?)
}

fn verdict(lang: Lang, agrees: bool, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "{}",
        if agrees {
            lang.of("全部相符", "all agrees")
        } else {
            lang.of("有不符之处", "something differs")
        }
    )
}
