//! The first row: what is read, how much of it is shown.

use super::paint::Painter;
use crate::app::{Area, Flow, Ink, State};
use crate::text::direction_of;
use crate::words::{Digits, Word, say};

pub(super) fn paint(painter: &mut Painter<'_>, state: &State, area: Area) {
    if area.is_empty() {
        return;
    }
    let setter = painter.setter;
    let numbers = setter.own(&numbers(state), area.width, Ink::Dim);
    let room = area.width.saturating_sub(numbers.width + 3);
    let mut flow = Flow::new(room);
    flow.put(setter.word(Word::Sokhan, room, Ink::Dim), 0);
    let lang = state.settings.lang.tag();
    if let Some((tag, title)) = state.store().header().title.best(lang) {
        let room = flow.room(2);
        flow.put(setter.line(title, direction_of(tag), room, Ink::Strong), 2);
    }
    for field in flow.rows().into_iter().take(1).flatten() {
        painter.field(area, 0, &field);
    }
    let at = area.width - numbers.width;
    painter.field(area, 0, &numbers.moved(at));
}

/// How many events are shown, of how many; while loading, how far it has come.
fn numbers(state: &State) -> String {
    let lang = state.settings.lang;
    let number = |number: usize| state.settings.digits.number(number as u64);
    let (shown, all) = (state.rows.len() as usize, state.store().len());
    if let Some(progress) = state.loading {
        let loading = say(Word::Loading, lang);
        let percent = progress.percent.map(|percent| {
            let sign = match state.settings.digits {
                Digits::Latin => '%',
                Digits::Persian => '٪',
            };
            format!("{}{sign}", number(percent.into()))
        });
        let rate = (progress.rate > 0)
            .then(|| format!("{} {}", number(progress.rate), say(Word::PerSecond, lang)));
        let events = format!("{loading} {}", number(progress.events.max(all)));
        let told = std::iter::once(events).chain(percent).chain(rate);
        return told.collect::<Vec<_>>().join("  ");
    }
    let events = say(Word::Events, lang);
    let of = say(Word::Of, lang);
    let here = number((state.timeline.cursor as usize + 1).min(shown));
    let place = format!("{here} {of} {}", number(shown));
    if shown == all {
        place
    } else {
        format!("{place}  ({} {events})", number(all))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Progress, Settings};
    use crate::words::Lang;

    #[test]
    fn loading_tells_how_far_and_how_fast() {
        let settings = Settings {
            lang: Lang::En,
            digits: Digits::Latin,
            ..Settings::default()
        };
        let mut state = State::new(settings, (80, 24));
        let mut told = |percent, rate| {
            state.loading = Some(Progress {
                events: 450_000,
                percent,
                rate,
            });
            numbers(&state)
        };
        assert_eq!(told(None, 0), "Reading 450000");
        assert_eq!(told(Some(37), 0), "Reading 450000  37%");
        let whole = "Reading 450000  37%  800000 a second";
        assert_eq!(told(Some(37), 800_000), whole);
    }
}
