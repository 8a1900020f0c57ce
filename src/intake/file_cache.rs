//! What was made of files, for as long as a program runs and they are not written to.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Values by what they were made of: a key has the file, its size and its time, so that one that was written to
/// has another key. The values that were asked for last are kept, up to a weight in all.
pub(super) struct FileCache<K, V> {
    most: usize,
    weigh: fn(&V) -> usize,
    kept: Mutex<KeptValues<K, V>>,
}

struct KeptValues<K, V> {
    by_key: HashMap<K, KeptValue<V>>,
    weight: usize,
    /// Rises with each use.
    clock: u64,
}

struct KeptValue<V> {
    /// Empty while it is made. Who wants the same value waits, and nobody else.
    place: Arc<Mutex<Option<V>>>,
    weight: usize,
    used: u64,
}

impl<K: Hash + Eq + Clone, V: Clone> FileCache<K, V> {
    /// For so many values.
    pub(super) fn of(most: usize) -> Self {
        Self::weighing(most, |_| 1)
    }

    /// For values that weigh so much together.
    pub(super) fn weighing(most: usize, weigh: fn(&V) -> usize) -> Self {
        let kept = KeptValues { by_key: HashMap::new(), weight: 0, clock: 0 };
        Self { most, weigh, kept: Mutex::new(kept) }
    }

    /// The value of a key, made if it is not kept. One that cannot be made is tried again the next time.
    ///
    /// # Errors
    /// Those of making it.
    pub(super) fn get_or_make<E>(
        &self,
        key: &K,
        work: impl FnOnce() -> Result<V, E>,
    ) -> Result<V, E> {
        let place = self.kept().place_of(key);
        let mut value = place.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(value) = &*value {
            return Ok(value.clone());
        }
        let made = work();
        value.clone_from(&made.as_ref().ok().cloned());
        let weight = made.as_ref().ok().map(self.weigh);
        self.kept().settle(key, &place, weight, self.most);
        made
    }

    fn kept(&self) -> MutexGuard<'_, KeptValues<K, V>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Hash + Eq + Clone, V> KeptValues<K, V> {
    fn place_of(&mut self, key: &K) -> Arc<Mutex<Option<V>>> {
        self.clock += 1;
        let new = || KeptValue { place: Arc::default(), weight: 0, used: 0 };
        let kept = self.by_key.entry(key.clone()).or_insert_with(new);
        kept.used = self.clock;
        Arc::clone(&kept.place)
    }

    /// Notes what a value weighs, or that it could not be made; the oldest go where it is too much.
    fn settle(
        &mut self,
        key: &K,
        place: &Arc<Mutex<Option<V>>>,
        weight: Option<usize>,
        most: usize,
    ) {
        let Some(kept) = self.by_key.get_mut(key).filter(|kept| Arc::ptr_eq(&kept.place, place))
        else {
            return;
        };
        let Some(weight) = weight else {
            self.by_key.remove(key);
            return;
        };
        kept.weight = weight;
        self.weight += weight;
        if self.weight <= most {
            return;
        }
        let mut by_age: Vec<(u64, usize)> =
            self.by_key.values().map(|kept| (kept.used, kept.weight)).collect();
        by_age.sort_unstable();
        // An eighth more than it must be, so that not every new value is the reason to look through all.
        let wanted = most - most / 8;
        let mut oldest = 0;
        for (used, weight) in by_age {
            if self.weight <= wanted {
                break;
            }
            self.weight -= weight;
            oldest = used;
        }
        // One that is still being made weighs nothing yet, and is wanted.
        self.by_key.retain(|_, kept| kept.used > oldest || kept.weight == 0);
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::sync::mpsc::channel;
    use std::thread;
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_value_is_made_once_and_one_that_fails_is_tried_again() {
        let cache: FileCache<&str, u32> = FileCache::of(4);
        let made = Cell::new(0);
        let get = |key, value: Result<u32, ()>| {
            cache.get_or_make(&key, || {
                made.set(made.get() + 1);
                value
            })
        };
        assert_eq!((get("a", Ok(1)), get("a", Ok(2))), (Ok(1), Ok(1)));
        assert_eq!((get("b", Err(())), get("b", Ok(3)), made.get()), (Err(()), Ok(3), 3));
    }

    #[test]
    fn what_was_asked_for_last_is_kept_up_to_the_weight() {
        let cache: FileCache<u32, usize> = FileCache::weighing(10, |weight| *weight);
        let get = |key, weight| cache.get_or_make(&key, || Ok::<_, ()>(weight)).expect("made");
        for key in 0..3 {
            get(key, 3);
        }
        get(0, 0);
        get(3, 3);
        let has = |key| cache.kept().by_key.contains_key(&key);
        assert_eq!([has(0), has(1), has(2), has(3)], [true, false, true, true]);
        get(4, 99);
        assert!(!has(4) && cache.kept().weight == 0, "it is too heavy by itself");
    }

    #[test]
    fn nobody_waits_for_the_value_of_another_key() {
        let cache: FileCache<&str, u32> = FileCache::of(4);
        let (begun, has_begun) = channel();
        let (done, is_done) = channel::<()>();
        thread::scope(|scope| {
            let cache = &cache;
            scope.spawn(move || {
                cache.get_or_make(&"slow", || {
                    begun.send(()).expect("somebody waits");
                    is_done.recv_timeout(Duration::from_mins(1)).map(|()| 1)
                })
            });
            has_begun.recv().expect("it has begun");
            assert_eq!(cache.get_or_make(&"quick", || Ok::<_, ()>(2)), Ok(2));
            done.send(()).expect("it waits");
        });
        assert_eq!(cache.get_or_make(&"slow", || Err(())), Ok(1));
    }
}
