//! A panic that is caught becomes an error, and is told as that alone: what Rust prints of it by
//! itself would stand in the midst of a progress line or a table.

use std::any::Any;
use std::panic;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

use anyhow::anyhow;

use crate::present::Lang;

/// Where the last panic was, and what it said.
static LAST: Mutex<Option<String>> = Mutex::new(None);

/// Keeps what panics say, instead of printing it; a server logs it. With `RUST_BACKTRACE` all is
/// printed as usual.
pub(crate) fn keep_quiet() {
    if std::env::var_os("RUST_BACKTRACE").is_some_and(|value| value != "0") {
        return;
    }
    panic::set_hook(Box::new(|info| {
        tracing::error!("{info}");
        *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Some(info.to_string());
    }));
}

/// Runs a command; a panic that nothing else caught is an error.
pub(crate) fn as_error<T>(
    lang: Lang,
    command: impl FnOnce() -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    catch_unwind(AssertUnwindSafe(command))
        .unwrap_or_else(|panic| Err(failure(lang, panic.as_ref())))
}

fn failure(lang: Lang, panic: &(dyn Any + Send)) -> anyhow::Error {
    let kept = LAST.lock().unwrap_or_else(PoisonError::into_inner).take();
    let said = kept
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .unwrap_or_default();
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    anyhow!(lang.of(
        format!("程序内部出错（{said}）；请把这条信息反馈给开发者"),
        format!("the program failed ({said}); please report this"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_in_one_line() {
        let error = as_error(Lang::En, || -> anyhow::Result<()> { panic!("no such\n  node") });
        let said = error.expect_err("a panic").to_string();
        assert_eq!(said, "the program failed (no such node); please report this");
        assert!(as_error(Lang::En, || Ok(3)).is_ok());
    }
}
