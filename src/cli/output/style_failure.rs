//! Errors of citation styles, with the file that they are in.

use std::path::PathBuf;

use thiserror::Error as ThisError;

use crate::export::StyleError;
use crate::present::Lang;

/// A file that is no style that can be used.
#[derive(Debug, ThisError)]
#[error("{}: {error}", path.display())]
pub(crate) struct BadStyle {
    pub path: PathBuf,
    pub error: StyleError,
}

impl BadStyle {
    pub(super) fn shown(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.to_string(),
            Lang::Zh => format!("{}：{}", self.path.display(), style_error(&self.error)),
        }
    }
}

/// The error in Chinese.
pub(super) fn style_error(error: &StyleError) -> String {
    match error {
        StyleError::NotCsl { reason } => {
            format!("不是 CSL 1.0 样式（{reason}）；可从 Zotero 样式库下载")
        }
        StyleError::CslM => "样式使用了 CSL-M 的扩展（juris-m、zotero-chinese），无法读取；\
             请改用该样式的 CSL 1.0 版本，或内置的样式"
            .to_owned(),
        StyleError::Dependent { parent } => format!("从属样式；请改用它引用的样式 {parent}"),
        StyleError::Endless { name } => format!("样式的宏 {name} 调用了自身"),
        StyleError::TooLarge => {
            "样式过大：至多 1 MB、64 层元素，宏逐层展开至多 10,000 次".to_owned()
        }
        StyleError::Failed { id, reason } => {
            format!("样式不能用于文章 {id}（{reason}）；请换一种样式")
        }
    }
}
