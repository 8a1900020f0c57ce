//! What is found damaged while an index is read, and how the engine's failures become errors.

use std::any::Any;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tantivy::TantivyError;

use super::IndexError;
use super::damage::Damage;

/// What went wrong with the files of an open index: which were found damaged, and what the system
/// refused.
///
/// The engine passes on an error in several forms, some of which do not name the file, and could
/// pass over one. So whoever asks the engine looks here what was found meanwhile.
#[derive(Debug, Default)]
pub(crate) struct DamageLog(Mutex<DamageFound>);

#[derive(Debug, Default)]
struct DamageFound {
    times: u64,
    last: Option<(PathBuf, Damage)>,
    /// The first error of the system, by its number.
    refused: Option<(PathBuf, i32)>,
}

impl DamageLog {
    /// Notes that a file is damaged; gives the error that the engine is told.
    pub(super) fn found(&self, path: &Path, damage: Damage) -> io::Error {
        let mut found = self.locked();
        found.times += 1;
        found.last = Some((path.to_owned(), damage));
        io::Error::new(io::ErrorKind::InvalidData, format!("{} is damaged", path.display()))
    }

    /// How many times something was found.
    pub(super) fn count(&self) -> u64 {
        self.locked().times
    }

    /// Notes an error of the system: no space, no permission.
    pub(super) fn refused(&self, path: &Path, error: &io::Error) {
        if let Some(number) = error.raw_os_error() {
            self.locked().refused.get_or_insert_with(|| (path.to_owned(), number));
        }
    }

    /// What an error of the engine is: that of the system which was noted, as the engine may only
    /// report a consequence of it. Later errors have causes of their own.
    pub(super) fn cause(&self, error: TantivyError, folder: &Path) -> IndexError {
        match self.locked().refused.take() {
            Some((path, number)) => {
                IndexError::Io { path, source: io::Error::from_raw_os_error(number) }
            }
            None => IndexError::engine(folder)(error),
        }
    }

    /// Does something with the engine: the one place where its panics become errors, and where
    /// damage that it met becomes the error that names the file, whatever the engine made of it.
    /// `folder` is named where no file is to blame.
    ///
    /// # Errors
    /// Those of `work`, and [`IndexError::Damaged`] and [`IndexError::Broken`].
    pub(crate) fn guard<T, E: From<IndexError>>(
        &self,
        folder: &Path,
        work: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        let before = self.count();
        let outcome = catch_unwind(AssertUnwindSafe(work));
        let found = self.locked();
        if found.times > before
            && let Some((path, damage)) = found.last.clone()
        {
            return Err(IndexError::Damaged { path, damage }.into());
        }
        outcome.unwrap_or_else(|panic| {
            let message = format!("the engine failed ({})", reason(panic.as_ref()));
            Err(IndexError::Broken { path: folder.to_owned(), message }.into())
        })
    }

    fn locked(&self) -> MutexGuard<'_, DamageFound> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn reason(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no reason given").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_meanwhile_is_the_error_whatever_became_of_it() {
        let log = DamageLog::default();
        let guard = |work: &dyn Fn() -> Result<u8, IndexError>| log.guard(Path::new("index"), work);
        assert!(matches!(guard(&|| Ok(1)), Ok(1)));
        let meets = || drop(log.found(Path::new("index/a"), Damage::Altered));
        let error = guard(&|| {
            meets();
            Ok(1)
        })
        .expect_err("passed over");
        assert!(matches!(error, IndexError::Damaged { .. }), "{error}");
        let error = guard(&|| {
            meets();
            panic!("no such block")
        });
        assert!(error.expect_err("a panic").to_string().starts_with("index/a: "));
        let error = guard(&|| panic!("no such block")).expect_err("a panic").to_string();
        assert!(error.starts_with("index: ") && error.contains("no such block"), "{error}");
        assert!(matches!(guard(&|| Ok(1)), Ok(1)), "what was found before does not count");
    }
}
