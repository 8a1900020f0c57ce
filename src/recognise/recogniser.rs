//! An engine, ready for use, with what it recognised before.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::cache::{Cache, ResultKey};
use super::failure::{PageFailure, RecognitionError};
#[cfg(feature = "ocr")]
use super::models::Models;
use super::raster::Raster;
use super::setting::OcrSetting;
use super::tesseract::Tesseract;

/// What a page is.
#[derive(Debug, Clone, Copy)]
pub struct PageKey<'a> {
    /// Hash of the content of its file.
    pub file: &'a str,
    /// Counted from 1.
    pub page: u32,
}

/// Seconds that a page may take.
pub const MAX_SECONDS: u64 = 300;

/// Changes when a page is decoded or rendered in another way.
const VERSION: &str = "dibao ocr 3";

/// An engine with what it recognised before. Clones share both.
#[derive(Debug, Clone)]
pub struct Recogniser {
    shared: Arc<SharedEngine>,
    /// Whether it goes ahead of others, who will take the pages from the cache.
    is_ahead: bool,
    /// Set by who wants no more pages.
    stop: Arc<AtomicBool>,
}

/// What recognises.
#[derive(Debug)]
enum Engine {
    Tesseract(Tesseract),
    #[cfg(feature = "ocr")]
    Models(Box<Models>),
    /// Says the same of each page.
    #[cfg(test)]
    Fixed(Result<String, PageFailure>),
}

impl Engine {
    fn new(setting: &OcrSetting) -> Result<Self, RecognitionError> {
        match setting {
            OcrSetting::Tesseract { languages } => Tesseract::new(languages).map(Self::Tesseract),
            #[cfg(feature = "ocr")]
            OcrSetting::Models(path) => Models::load(path).map(Box::new).map(Self::Models),
        }
    }

    fn name(&self) -> String {
        match self {
            Self::Tesseract(engine) => engine.name(),
            #[cfg(feature = "ocr")]
            Self::Models(engine) => engine.name().to_owned(),
            #[cfg(test)]
            Self::Fixed(_) => "fixed".to_owned(),
        }
    }

    fn recognise(&self, raster: &Raster) -> Result<String, PageFailure> {
        let deadline = Instant::now() + Duration::from_secs(MAX_SECONDS);
        match self {
            Self::Tesseract(engine) => engine.recognise(raster, deadline),
            #[cfg(feature = "ocr")]
            Self::Models(engine) => engine.recognise(raster, deadline),
            #[cfg(test)]
            Self::Fixed(answer) => {
                let _ = (raster, deadline);
                answer.clone()
            }
        }
    }
}

#[derive(Debug)]
struct SharedEngine {
    name: String,
    engine: Option<Engine>,
    cache: Option<Cache>,
    /// Pages that it failed on by itself: nobody tries them once more.
    failed: Mutex<HashMap<blake3::Hash, PageFailure>>,
    /// Pages that are being recognised.
    under_way: Mutex<HashSet<blake3::Hash>>,
    finished: Condvar,
    stops: AtomicBool,
}

impl Recogniser {
    /// The engine of a setting.
    ///
    /// # Errors
    /// When it cannot be used.
    pub fn new(setting: &OcrSetting, cache: Option<Cache>) -> Result<Self, RecognitionError> {
        let engine = Engine::new(setting)?;
        Ok(Self::of(engine.name(), Some(engine), cache))
    }

    /// What an engine of this name recognised before; it recognises nothing.
    #[must_use]
    pub fn recalling(name: &str, cache: Cache) -> Self {
        Self::of(name.to_owned(), None, Some(cache))
    }

    /// One that says this of each page.
    #[cfg(test)]
    pub(crate) fn fixed(answer: Result<String, PageFailure>, cache: Option<Cache>) -> Self {
        let engine = Engine::Fixed(answer);
        Self::of(engine.name(), Some(engine), cache)
    }

    fn of(name: String, engine: Option<Engine>, cache: Option<Cache>) -> Self {
        let shared = SharedEngine {
            name,
            engine,
            cache,
            failed: Mutex::default(),
            under_way: Mutex::default(),
            finished: Condvar::new(),
            stops: AtomicBool::new(false),
        };
        Self { shared: Arc::new(shared), is_ahead: false, stop: Arc::default() }
    }

    /// The same, recognising no more pages once this is set.
    #[must_use]
    pub fn stopped_by(self, stop: &Arc<AtomicBool>) -> Self {
        Self { stop: Arc::clone(stop), ..self }
    }

    /// The same, going ahead of this one: it passes over pages that are under way already.
    #[must_use]
    pub fn ahead(&self) -> Self {
        Self { is_ahead: true, ..self.clone() }
    }

    /// Those that go ahead recognise no more pages.
    pub fn stop_ahead(&self) {
        self.shared.stops.store(true, Ordering::Relaxed);
    }

    /// Engine, version and languages: `tesseract 5.3.0 chi_sim`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.shared.name
    }

    /// The text of a page in hOCR. `raster` makes its picture, if it was not recognised before.
    ///
    /// # Errors
    /// When there is none.
    pub fn page(
        &self,
        key: PageKey<'_>,
        raster: impl FnOnce() -> Result<Raster, PageFailure>,
    ) -> Result<String, PageFailure> {
        let SharedEngine { name, engine, cache, failed, stops, .. } = &*self.shared;
        let mut hasher = blake3::Hasher::new();
        for part in [VERSION, name, key.file, &key.page.to_string()] {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
        }
        let hash = hasher.finalize();
        let result = ResultKey { file: key.file, of: &hash };
        let Some(_turn) = self.turn(hash) else { return Err(PageFailure::PassedOver) };
        if let Some(text) = cache.as_ref().and_then(|cache| cache.get(result)) {
            return Ok(text);
        }
        let Some(engine) = engine else { return Err(PageFailure::PassedOver) };
        let is_over = self.is_ahead && stops.load(Ordering::Relaxed);
        if is_over || self.stop.load(Ordering::Relaxed) {
            return Err(PageFailure::PassedOver);
        }
        let failed = || failed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(failure) = failed().get(&hash) {
            return Err(failure.clone());
        }
        let text = match raster().and_then(|raster| engine.recognise(&raster)) {
            Ok(text) => text,
            Err(failure) => {
                // What the system lacked, or somebody passed over, says nothing of the page.
                if !matches!(failure, PageFailure::System { .. } | PageFailure::PassedOver) {
                    failed().insert(hash, failure.clone());
                }
                return Err(failure);
            }
        };
        if let Some(cache) = cache {
            // What cannot be kept is recognised again the next time.
            let _ = cache.put(result, &text);
        }
        Ok(text)
    }

    /// Waits until nobody else is at a page; who goes ahead does not wait.
    fn turn(&self, page: blake3::Hash) -> Option<PageTurn<'_>> {
        let shared = &*self.shared;
        let mut under_way = shared.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        while !under_way.insert(page) {
            if self.is_ahead {
                return None;
            }
            under_way = shared.finished.wait(under_way).unwrap_or_else(PoisonError::into_inner);
        }
        Some(PageTurn { shared, page })
    }
}

/// The time in which a page is recognised by one alone.
struct PageTurn<'a> {
    shared: &'a SharedEngine,
    page: blake3::Hash,
}

impl Drop for PageTurn<'_> {
    fn drop(&mut self) {
        let shared = self.shared;
        shared.under_way.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.page);
        shared.finished.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_recognised_before_needs_no_engine() {
        let folder = tempfile::tempdir().expect("a folder");
        let recalling = Recogniser::recalling("tesseract 5", Cache::new(folder.path()));
        let key = PageKey { file: "ab", page: 1 };
        let none = || panic!("no picture is needed");
        assert_eq!(recalling.page(key, none), Err(PageFailure::PassedOver));
        assert_eq!(recalling.ahead().name(), "tesseract 5");
    }

    #[test]
    fn a_page_is_recognised_once_and_under_its_engine_file_and_number() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = || Cache::new(folder.path());
        let engine = Recogniser::fixed(Ok("渡口".to_owned()), Some(cache()));
        let key = PageKey { file: "ab", page: 1 };
        let raster = || Raster::new(1, 1, vec![0], None).ok_or(PageFailure::TooLarge);
        assert_eq!(engine.page(key, raster).as_deref(), Ok("渡口"));
        let none = || panic!("no picture is needed");
        assert_eq!(engine.page(key, none).as_deref(), Ok("渡口"));
        let recalling = Recogniser::recalling("fixed", cache());
        assert_eq!(recalling.page(key, none).as_deref(), Ok("渡口"));
        let others = [PageKey { page: 2, ..key }, PageKey { file: "ac", ..key }];
        for key in others {
            assert_eq!(recalling.page(key, none), Err(PageFailure::PassedOver));
        }
        let other = Recogniser::recalling("other", cache());
        assert_eq!(other.page(key, none), Err(PageFailure::PassedOver));
        engine.stop_ahead();
        assert_eq!(engine.ahead().page(others[0], raster), Err(PageFailure::PassedOver));
        let stop = Arc::new(AtomicBool::new(true));
        let stopped = engine.clone().stopped_by(&stop);
        assert_eq!(stopped.page(others[0], raster), Err(PageFailure::PassedOver));
        let full = PageFailure::from(std::io::Error::from(std::io::ErrorKind::StorageFull));
        let engine = Recogniser::fixed(Ok("渡口".to_owned()), None);
        assert_eq!(engine.page(key, || Err(full.clone())), Err(full.clone()));
        assert_eq!(engine.page(key, raster).as_deref(), Ok("渡口"), "there is room again");
        let failing = Recogniser::fixed(Err(PageFailure::TooLong), Some(cache()));
        assert_eq!(failing.page(others[0], raster), Err(PageFailure::TooLong));
        assert_eq!(
            failing.page(others[0], none),
            Err(PageFailure::TooLong),
            "it is not tried again"
        );
        assert_eq!(
            recalling.page(others[0], none),
            Err(PageFailure::PassedOver),
            "nothing is kept"
        );
        let system = PageFailure::from(std::io::Error::from(std::io::ErrorKind::StorageFull));
        assert_eq!(engine.page(others[1], || Err(system.clone())), Err(system));
        assert_eq!(engine.page(others[1], raster).as_deref(), Ok("渡口"), "there is room again");
    }
}
