//! Finds the foot of a page by its words.

use std::sync::LazyLock;

use regex::Regex;

use super::render::RenderedLine;

/// Where the foot of the page begins: who runs the site, and what may be done with its texts.
pub(super) fn foot(lines: &[RenderedLine]) -> usize {
    let is_text = |line: &RenderedLine| {
        line.plain_letters >= MIN_TEXT && !FOOT.is_match(&line.text) && !line.is_around
    };
    let last = lines.iter().rposition(is_text).map_or(0, |at| at + 1);
    let Some(mark) = lines[last..].iter().position(|line| FOOT.is_match(&line.text)) else {
        return lines.len();
    };
    let beside = lines[last..last + mark].iter().rev();
    let beside = beside.take_while(|line| line.text.is_empty() || BESIDE_FOOT.is_match(&line.text));
    last + mark - beside.count()
}

/// Letters of a line that is text and none of the foot.
const MIN_TEXT: usize = 60;

/// What only the foot of a page says.
static FOOT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)版权所有|版權所有|版权声明|免责声明|ICP备|公网安备|网站标识码|copyright|all rights reserved|技术支持[:：]|扫一扫|关注公众号|凡注明|未经.{0,8}(?:授权|许可|允许).{0,10}(?:转载|使用|复制)",
    )
});

/// What stands beside it.
static BESIDE_FOOT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:主办|主管|承办|协办|地址|电话|邮编|联系|网站地图|传真)"));

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|error| unreachable!("a pattern of this file: {error}"))
}
