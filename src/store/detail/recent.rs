//! The events that were read last, so many and no more; each new one takes the place of the oldest,
//! since to forget a thousand at once would be felt.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use crate::model::{EventId, EventRecord};

/// Events that are kept: more than any screen shows.
const KEPT: usize = 1024;

/// Events by their numbers, the oldest forgotten first.
#[derive(Debug, Default)]
pub(in crate::store) struct Recent {
    events: HashMap<EventId, Arc<EventRecord>>,
    /// The same, in the order they came.
    order: VecDeque<EventId>,
}

impl Recent {
    /// The event, if it is kept.
    pub(in crate::store) fn get(&self, event: EventId) -> Option<Arc<EventRecord>> {
        self.events.get(&event).map(Arc::clone)
    }

    /// Keeps an event.
    pub(in crate::store) fn keep(&mut self, event: EventId, record: Arc<EventRecord>) {
        if self.events.insert(event, record).is_some() {
            return;
        }
        self.order.push_back(event);
        if self.order.len() > KEPT
            && let Some(oldest) = self.order.pop_front()
        {
            self.events.remove(&oldest);
        }
    }

    /// Forgets all.
    pub(in crate::store) fn clear(&mut self) {
        self.events.clear();
        self.order.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_oldest_is_forgotten() {
        let mut recent = Recent::default();
        let last = KEPT as u32;
        for event in (0..=last).chain([last]) {
            recent.keep(EventId(event), Arc::default());
        }
        let kept = |event| recent.get(EventId(event)).is_some();
        assert_eq!([0, 1, last].map(kept), [false, true, true]);
        assert_eq!(recent.order.len(), KEPT);
    }
}
