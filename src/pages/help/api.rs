//! The page on which the HTTP interface is tried: a form for every answer, made from the document
//! that describes it. Forms and links only, so that it works without a script, as all pages do.

use maud::{Markup, html};

use crate::pages::layout::frame::{Frame, frame};
use crate::present::Lang;

/// Something that the interface answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// `/api/v1/article/{id}`
    pub path: String,
    /// What it is for, in a few words.
    pub summary: String,
    /// What else there is to know.
    pub description: Option<String>,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
}

/// A parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// What it means.
    pub description: String,
    /// Whether it is a part of the path, which cannot be left out.
    pub in_path: bool,
    /// What it can be.
    pub takes: Takes,
    /// The values that there are; none where it is not one of a few.
    pub choices: Vec<String>,
}

/// What a parameter can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Text.
    Text,
    /// A whole number.
    Number,
    /// Yes or no.
    Flag,
    /// Several texts: the name is repeated.
    Texts,
}

/// The page.
#[must_use]
pub fn api(about: &Frame, operations: &[Operation]) -> Markup {
    let lang = about.lang;
    let title = lang.of("接口", "API");
    let main = html! {
        h1 { (title) }
        p {
            (lang.of(
                "只读 HTTP 接口：以下端点均使用 GET 请求，返回 JSON；出错时返回问题详情（RFC 9457）。",
                "Read-only HTTP API. Every endpoint takes GET requests and returns JSON; errors are problem details (RFC 9457).",
            )) " "
            a href="/api/v1/openapi.json" { "OpenAPI 3.1" }
        }
        @for operation in operations { (form(lang, operation)) }
    };
    frame(about, title, &main)
}

fn form(lang: Lang, operation: &Operation) -> Markup {
    let id = anchor(&operation.path);
    html! {
        // What a link leads to stands inside, so that it is opened.
        details.operation {
            summary { h2 { (summary(lang, operation)) } " " code { (operation.path) } }
            p id=(id) { code { "GET " (operation.path) } }
            @if let (Lang::En, Some(description)) = (lang, &operation.description) {
                p { (description) }
            }
            form class="try" action="/api/try" method="get" target="_blank" {
                input type="hidden" name="path" value=(operation.path);
                @for parameter in &operation.parameters { (field(lang, operation, parameter)) }
                p { button type="submit" { (lang.of("发送请求", "Send request")) } }
            }
        }
    }
}

fn field(lang: Lang, operation: &Operation, parameter: &Parameter) -> Markup {
    let id = format!("{}-{}", anchor(&operation.path), parameter.name);
    let described = format!("{id}-about");
    html! {
        p class="field" {
            label for=(id) { code { (parameter.name) } }
            @match parameter.takes {
                Takes::Flag => (choice(lang, &id, parameter, &["true", "false"])),
                Takes::Text if !parameter.choices.is_empty() => (choice(lang, &id, parameter, &parameter.choices)),
                Takes::Number => input id=(id) name=(parameter.name) type="number" min="0"
                    aria-describedby=(described);,
                Takes::Text | Takes::Texts => input id=(id) name=(parameter.name) type="text"
                    required[parameter.in_path] aria-describedby=(described);,
            }
            small id=(described) {
                (meaning(lang, operation, parameter))
                @if parameter.takes == Takes::Texts {
                    @if !parameter.choices.is_empty() { " " code { (parameter.choices.join(" ")) } }
                    " " (lang.of("可重复。", "Can be repeated."))
                }
            }
        }
    }
}

fn choice(lang: Lang, id: &str, parameter: &Parameter, values: &[impl AsRef<str>]) -> Markup {
    html! {
        select id=(id) name=(parameter.name) aria-describedby={ (id) "-about" } {
            option value="" { (lang.of("默认", "default")) }
            @for value in values { option value=(value.as_ref()) { (value.as_ref()) } }
        }
    }
}

fn anchor(path: &str) -> String {
    let words = path.trim_start_matches("/api/v1/").split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

fn summary(lang: Lang, operation: &Operation) -> &str {
    let chinese = SUMMARIES.iter().find(|(path, _)| *path == operation.path);
    lang.of(chinese.map_or(operation.summary.as_str(), |(_, words)| words), &operation.summary)
}

fn meaning<'a>(lang: Lang, operation: &Operation, parameter: &'a Parameter) -> &'a str {
    let chinese = MEANINGS.iter().find(|(path, name, _)| {
        *name == parameter.name && (path.is_empty() || *path == operation.path)
    });
    lang.of(
        chinese.map_or(parameter.description.as_str(), |(_, _, words)| words),
        &parameter.description,
    )
}

/// Summaries of the operations in Chinese; the English ones come from the OpenAPI document.
pub(crate) const SUMMARIES: [(&str, &str); 21] = [
    ("/api/v1/search", "检索文章"),
    ("/api/v1/suggest", "补全检索式"),
    ("/api/v1/facets", "分类计数"),
    ("/api/v1/timeline", "按时间计数"),
    ("/api/v1/trend", "比较趋势"),
    ("/api/v1/indicators", "指标数值清单"),
    ("/api/v1/series", "指标历年数值"),
    ("/api/v1/article/{id}", "一篇文章"),
    ("/api/v1/article/{id}/reprints", "一篇文章的转载"),
    ("/api/v1/article/{id}/compare/{other}", "两篇文章逐句对照"),
    ("/api/v1/articles", "按编号取多篇文章"),
    ("/api/v1/source/picture", "一页的版面图"),
    ("/api/v1/collections", "收藏"),
    ("/api/v1/collections/{name}", "一个收藏的文章"),
    ("/api/v1/overview", "库藏总览"),
    ("/api/v1/files", "文件清单"),
    ("/api/v1/saved", "保存的检索"),
    ("/api/v1/source", "原始文件的各行"),
    ("/api/v1/export", "导出全部命中文章"),
    ("/api/v1/health", "服务是否正常"),
    ("/api/v1/version", "程序版本"),
];

/// What the parameters mean, in Chinese; with a path only there, and before what a name means
/// everywhere else.
pub(crate) const MEANINGS: [(&str, &str, &str); 65] = [
    ("/api/v1/source", "from", "从第几行起，首行为 1；下一页由 next 给出。"),
    ("/api/v1/source/picture", "page", "文件的第几页，首页为 1，与文章的 pages 一致；默认为 1。"),
    ("/api/v1/source/picture", "side", "绘制时长边的像素数：800、1600（默认）、2400 或 3200。"),
    ("/api/v1/article/{id}", "format", "格式；默认为 json。"),
    (
        "/api/v1/export",
        "format",
        "格式：jsonl（默认，完整记录）、csv 或 xlsx（表格）、md（供阅读）、阅读卡片 docx、html、epub，或参考文献：cite（按引文样式排列）、ris、bib（BibTeX）、biblatex、csljson。",
    ),
    ("/api/v1/export", "excerpt", "阅读卡片只要匹配处及其上下文，不要全文。"),
    (
        "/api/v1/export",
        "ids",
        "只要这些文章，至多 100 篇，以逗号分隔或重复给出；检索式只用来标出匹配处，文章不必符合它。",
    ),
    ("/api/v1/export", "scope", "有 ids 时默认只要所选（chosen）；all 不看 ids，导出全部。"),
    (
        "/api/v1/export",
        "manifest",
        "不返回文件，而返回它的导出清单：检索式、筛选条件、日期、篇数、索引状态、字节数和校验和；为此照样导出一次。",
    ),
    ("/api/v1/trend", "format", "格式；默认为 json。csv 供表格软件使用，带字节顺序标记。"),
    ("/api/v1/indicators", "name", "指标名称，可用别名（GDP）；满足任一项即可。"),
    (
        "/api/v1/indicators",
        "district",
        "数值所属地区的名称或代码；文章的地区在 q 中以“地区:”限定。",
    ),
    ("/api/v1/indicators", "period", "数值的时段完全在这些日期内：2022、2022-01..2022-09。"),
    (
        "/api/v1/indicators",
        "status",
        "实际（actual）、初步（preliminary）、目标（target）、预计（forecast）或累计（cumulative）；默认为全部。",
    ),
    (
        "/api/v1/indicators",
        "kind",
        "数值的类型：水平值（level）、只写增减（change）、比重（share）或其他比率（rate）；文章的类型在 q 中以“类型:”限定。",
    ),
    (
        "/api/v1/indicators",
        "format",
        "一页数值（json，默认），或全部数值的文件：jsonl、csv（不带字节顺序标记）、电子表格 xlsx、sdmx-csv。",
    ),
    (
        "/api/v1/indicators",
        "pivot",
        "宽表（csv 或 xlsx）的行和列，从 indicator、district、period、year、status 中选两项，如 district,year。",
    ),
    (
        "/api/v1/indicators",
        "manifest",
        "不返回文件，而返回它的导出清单：检索式、筛选条件、日期、行数、索引状态、字节数和校验和；为此照样导出一次。",
    ),
    ("/api/v1/indicators", "limit", "一页的行数，至多 1000，默认 100；不用于文件。"),
    ("/api/v1/indicators", "after", "下一页的标记，由上一页的 next 给出；不用于文件。"),
    ("/api/v1/series", "name", "指标名称，可用别名（GDP）。"),
    (
        "/api/v1/series",
        "district",
        "要比较的地区的名称或代码；默认为所有有数值的地区。绘图至多八条线。",
    ),
    (
        "/api/v1/series",
        "by",
        "时段长度：全年（year）、年初至某月（to_date）、单季（quarter）、单月（month）或时点（day）；默认为数值最多的一种。",
    ),
    ("/api/v1/series", "period", "数值的时段完全在这些日期内：2015..2022。"),
    (
        "/api/v1/series",
        "status",
        "实际（actual）、初步（preliminary）、目标（target）、预计（forecast）或累计（cumulative）；默认为实际和累计。",
    ),
    ("/api/v1/series", "measure", "数值（level，默认）或同比增减（change，%）。"),
    ("/api/v1/series", "format", "格式；默认为 json。csv 供表格软件使用，带字节顺序标记。"),
    ("/api/v1/files", "limit", "一页的文件数，至多 1000；默认 100。"),
    ("/api/v1/files", "offset", "略过的文件数。"),
    ("/api/v1/suggest", "q", "已输入的检索式，补全其最后一部分；以空格结尾的不补全。"),
    ("/api/v1/suggest", "limit", "建议的条数，至多 20；默认 10。"),
    ("", "q", "检索式；留空为全部文章。"),
    ("", "district", "区县、市或省的名称或代码，满足任一项即可。"),
    (
        "",
        "role",
        "地区的筛选和计数取文章的哪些地区；默认为所写地区（about），any 为提到的所有地区。",
    ),
    ("", "topic", "主题。"),
    ("", "kind", "类型。"),
    ("", "outlet", "来源的全名。"),
    ("", "publication", "报刊的全名。"),
    ("", "tag", "标签；“无”为没有标签的文章。满足任一项即可。"),
    ("", "collection", "收藏；“无”为不在任何收藏中的文章。"),
    ("/api/v1/collections/{name}", "name", "收藏的名称。"),
    ("", "review", "仅返回待核查的文章。"),
    ("", "from", "起始日期：2023、2023-02 或 2023-02-10。"),
    ("", "to", "截止日期；月和年取其最后一天。"),
    (
        "",
        "certain",
        "仅含日期确定在范围（from、to 或检索式所限日期）内的文章；未限定日期时，仅含日期精确到日的文章。",
    ),
    ("", "undated", "仅返回日期不详的文章。"),
    (
        "",
        "any",
        "匹配任一检索词。默认先列含全部检索词的文章，再列仅含部分的；其他接口仅统计含全部检索词的文章。",
    ),
    ("", "all", "须含全部检索词，包括提问用语（哪些、什么时候）。"),
    ("", "ungrouped", "不合并转载。"),
    ("", "exact", "不使用同义词。"),
    ("", "sort", "排序；默认按相关度（relevance）。"),
    ("", "limit", "一页的篇数，至多 100。"),
    ("", "offset", "略过的篇数，至多 10000；再往后用 after 更快。"),
    ("", "after", "下一页的标记，由上一页的 next 给出。"),
    ("", "facets", "是否一并给出分类计数。"),
    ("", "explain", "是否返回检索式解析和每篇的评分说明。"),
    ("", "by", "时间单位；默认为月。"),
    ("", "id", "文章编号，12 个字符；开头几位能确定是哪一篇即可。"),
    ("", "other", "另一篇文章的编号。"),
    (
        "",
        "style",
        "引文列表（cite）、md 和其他阅读卡片的引文样式：gb-7714-2025-numeric（默认）、gb-7714-2015-numeric、gb-7714-2015-author-date、gb-7714-2015-note，或 hayagriva 所带的其他样式，如 apa。",
    ),
    ("", "fields", "JSON 中保留的文章字段，以逗号分隔，编号 id 总会给出；默认为全部字段。"),
    ("", "ids", "文章编号，至多 100 个，以逗号分隔或重复给出。"),
    ("", "file", "文件，如文章的 source 所写。"),
    (
        "",
        "line",
        "要比较的检索词或检索式，每项一条线，至多八条；只有一项而有多个 district 时比较各地。",
    ),
    ("", "measure", "图中数值：articles（篇数，默认）或 share（占全部文章的千分比）。"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_parameter_has_its_field_and_nothing_is_taken_for_html() {
        let parameter = |name: &str, takes| Parameter {
            name: name.to_owned(),
            description: "<b>".to_owned(),
            in_path: false,
            takes,
            choices: match name {
                "sort" => vec!["new\"est".to_owned()],
                _ => Vec::new(),
            },
        };
        let operation = Operation {
            path: "/api/v1/new/{id}".to_owned(),
            summary: "A \"new\" one".to_owned(),
            description: None,
            parameters: vec![
                parameter("q", Takes::Text),
                parameter("x", Takes::Flag),
                parameter("sort", Takes::Text),
            ],
        };
        let page = api(&Frame { lang: Lang::En, ..Frame::default() }, &[operation]).into_string();
        assert!(page.contains(r#"id="new-id-q" name="q" type="text""#), "{page}");
        assert!(page.contains(r#"<select id="new-id-x" name="x""#), "{page}");
        assert!(page.contains(r#"<option value="new&quot;est">"#), "{page}");
        assert!(page.contains("&lt;b&gt;") && !page.contains("<b>"), "{page}");
    }
}
