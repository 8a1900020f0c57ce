//! The engines that recognise the text of a corpus, by their settings.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::recognise::{Cache, OcrSetting, Recogniser, RecognitionError};

/// Each engine that is named, once.
#[derive(Debug, Clone, Default)]
pub(super) struct Recognisers {
    /// For files of which nothing else is said.
    usual: Option<Recogniser>,
    named: BTreeMap<OcrSetting, Recogniser>,
    /// Whether `usual` is for all, whatever is said of them.
    is_recalling: bool,
}

impl Recognisers {
    pub(super) fn new<'s>(
        usual: Option<&'s OcrSetting>,
        settings: impl Iterator<Item = &'s OcrSetting>,
        cache: Option<&Cache>,
    ) -> Result<Self, RecognitionError> {
        let mut named = BTreeMap::new();
        for setting in settings.chain(usual) {
            if !named.contains_key(setting) {
                named.insert(setting.clone(), Recogniser::new(setting, cache.cloned())?);
            }
        }
        let usual = usual.and_then(|usual| named.get(usual)).cloned();
        Ok(Self { usual, named, is_recalling: false })
    }

    pub(super) fn recalling(name: &str, cache: Cache) -> Self {
        let usual = Some(Recogniser::recalling(name, cache));
        Self { usual, named: BTreeMap::new(), is_recalling: true }
    }

    /// The same engines, recognising no more pages once this is set.
    pub(super) fn stopped_by(self, stop: &Arc<AtomicBool>) -> Self {
        let stopped = |(setting, engine): (_, Recogniser)| (setting, engine.stopped_by(stop));
        Self {
            usual: self.usual.map(|engine| engine.stopped_by(stop)),
            named: self.named.into_iter().map(stopped).collect(),
            ..self
        }
    }

    /// The engine for a file of which this is said.
    pub(super) fn of(&self, said: Option<&OcrSetting>) -> Option<&Recogniser> {
        if self.is_recalling {
            return self.usual.as_ref();
        }
        said.and_then(|said| self.named.get(said)).or(self.usual.as_ref())
    }

    /// The same engines, going ahead; `None` if there are none.
    pub(super) fn ahead(&self) -> Option<Self> {
        if self.named.is_empty() {
            return None;
        }
        let named = self.named.iter().map(|(setting, engine)| (setting.clone(), engine.ahead()));
        let usual = self.usual.as_ref().map(Recogniser::ahead);
        Some(Self { usual, named: named.collect(), is_recalling: false })
    }

    pub(super) fn stop_ahead(&self) {
        self.named.values().for_each(Recogniser::stop_ahead);
    }
}
