//! The last row: a prompt, a notice, or the filters and the next keys.

use super::facets::{label, without};
use super::paint::Painter;
use crate::app::{
    Action, Area, Asking, Chip, Edit, Field, Find, Flow, Focus, Go, Ink, Mark, Mode, Narrow,
    Program, Prompt, Show, State,
};
use crate::text::Direction;
use crate::words::{Word, say};

pub(super) fn paint(painter: &mut Painter<'_>, state: &State, area: Area) -> Option<(u16, u16)> {
    if area.is_empty() {
        return None;
    }
    if let Mode::Typing(prompt) = &state.mode {
        return paint_prompt(painter, state, prompt, area);
    }
    let mut flow = Flow::new(area.width);
    if let Some(notice) = &state.notice {
        let ink = if notice.alarm { Ink::Alarm } else { Ink::Key };
        flow.put(painter.setter.own(&notice.text, area.width, ink), 0);
    } else if !state.pending.is_empty() {
        pending(painter, state, &mut flow);
    } else {
        chips(painter, state, &mut flow);
    }
    let room = flow.room(3);
    for field in flow.rows().into_iter().take(1).flatten() {
        painter.field(area, 0, &field);
    }
    hints(painter, state, area, room);
    None
}

/// The keys that were pressed and what may follow.
fn pending(painter: &Painter<'_>, state: &State, flow: &mut Flow) {
    let setter = painter.setter;
    let lang = state.settings.lang;
    for key in &state.pending {
        flow.put(
            setter.line(&key.to_string(), Direction::Auto, 8, Ink::Mark),
            1,
        );
    }
    for (key, action) in state.keymap.continuations(state.context(), &state.pending) {
        let key = setter.line(&key, Direction::Auto, 8, Ink::Key);
        let words = setter.own(action.words(lang), 40, Ink::Dim);
        if key.width + words.width + 4 > flow.room(3) {
            break;
        }
        flow.put(key, 3).put(words, 1);
    }
}

/// What became of the data since it was read.
fn data(painter: &Painter<'_>, state: &State, flow: &mut Flow) {
    let setter = painter.setter;
    if state.news.came > 0 {
        let count = format!("+{}", setter.number(state.news.came));
        flow.put(setter.own(&count, 12, Ink::Mark), 0);
        flow.put(setter.word(Word::NewEvents, 20, Ink::Dim), 1);
    }
    let words = [
        (state.news.changed, Word::FileChanged),
        (state.news.part, Word::PartOnly),
    ];
    for (_, word) in words.into_iter().filter(|(holds, _)| *holds) {
        flow.put(setter.word(word, 60, Ink::Alarm), 2);
    }
}

fn chips(painter: &Painter<'_>, state: &State, flow: &mut Flow) {
    let setter = painter.setter;
    let lang = state.settings.lang;
    data(painter, state, flow);
    if !state.warnings.is_empty() {
        let count = setter.number(state.warnings.len());
        flow.put(setter.own(&count, 8, Ink::Alarm), 2);
        flow.put(setter.word(Word::Warnings, 12, Ink::Dim), 1);
    }
    let off = !state.filter.enabled;
    if off && !state.chips.is_empty() {
        flow.put_if_fits(setter.word(Word::FiltersOff, 24, Ink::Alarm), 2);
    }
    for chip in &state.chips {
        let (sign, text, direction) = match chip {
            Chip::With(facet, value) => {
                let (name, direction) = label(state, *facet, *value);
                ("+", name, direction)
            }
            Chip::Without(facet, value) => {
                let (name, direction) = label(state, *facet, *value);
                ("−", name, direction)
            }
            Chip::Speaking => (
                "+",
                say(Word::AsSpeaker, lang).to_owned(),
                setter.direction(),
            ),
            Chip::Days => ("+", say(Word::DateOf, lang).to_owned(), setter.direction()),
            Chip::Words(typed, false) => ("+", typed.clone(), Direction::Auto),
            Chip::Words(typed, true) => (
                "−",
                format!("{} {typed}", without(lang)),
                setter.direction(),
            ),
        };
        let ink = if off { Ink::Faint } else { Ink::Mark };
        let sign = setter.line(sign, Direction::Ltr, 1, ink);
        let text = setter.line(
            &text,
            direction,
            24,
            if off { Ink::Faint } else { Ink::Text },
        );
        if sign.width + text.width + 2 > flow.room(2) {
            break;
        }
        flow.put(sign, 2).put(text, 0);
    }
    if !state.search.needle.is_empty() {
        let needle = setter.line(&state.search.needle, Direction::Auto, 24, Ink::Text);
        let count = hits(state);
        if needle.width + 12 < flow.room(2) {
            flow.put(setter.line("/", Direction::Ltr, 1, Ink::Mark), 2);
            flow.put(needle, 0).put(setter.own(&count, 20, Ink::Dim), 1);
        }
    }
}

fn hits(state: &State) -> String {
    let lang = state.settings.lang;
    match &state.search.found {
        None => "…".to_owned(),
        Some(found) if found.is_empty() => say(Word::NoHits, lang).to_owned(),
        Some(found) => {
            let count = state.settings.digits.number(found.len());
            format!("{count} {}", say(Word::Hits, lang))
        }
    }
}

/// How many events a filter lets through.
fn shown(state: &State) -> String {
    let number = state.settings.digits.number(state.rows.len());
    format!("{number} {}", say(Word::Events, state.settings.lang))
}

/// The keys that matter here, at the end edge; as many as fit in `room`.
fn hints(painter: &mut Painter<'_>, state: &State, area: Area, room: u16) {
    let setter = painter.setter;
    let mut fields: Vec<Field> = Vec::new();
    let mut used = 0;
    for (action, word) in wanted(state) {
        let key = state.key_of(action);
        let key = setter.line(&key, Direction::Ltr, 10, Ink::Key);
        let word = setter.word(word, 14, Ink::Dim);
        let more = key.width + 1 + word.width + if used == 0 { 0 } else { 3 };
        if used + more > room {
            break;
        }
        let from = if used == 0 { 0 } else { used + 3 };
        let behind = from + key.width + 1;
        fields.push(key.moved(from));
        fields.push(word.moved(behind));
        used += more;
    }
    let start = area.width.saturating_sub(used);
    for field in fields {
        painter.field(area, 0, &field.moved(start));
    }
}

/// The keys to tell of, the most useful first.
fn wanted(state: &State) -> Vec<(Action, Word)> {
    let help = (Action::Go(Go::Help), Word::KeyHelp);
    let back = (Action::Go(Go::Back), Word::KeyBack);
    let stop = (Action::Go(Go::Back), Word::KeyStop);
    match (&state.mode, state.focus) {
        (Mode::Comparing(_), _) => vec![
            help,
            back,
            (Action::Mark(Mark::Compare), Word::KeyOther),
            (Action::Mark(Mark::Together), Word::KeyTogether),
            (Action::Go(Go::Open), Word::KeyOpen),
        ],
        (Mode::Choosing(_), _) => vec![back, (Action::Go(Go::Open), Word::KeyRun)],
        (_, Focus::Timeline) if state.loading.is_some() => {
            vec![help, stop, (Action::Go(Go::Open), Word::KeyOpen)]
        }
        (_, Focus::Timeline) => vec![
            help,
            (Action::Go(Go::Open), Word::KeyOpen),
            (Action::Find(Find::Search), Word::KeySearch),
            (Action::Narrow(Narrow::Facets), Word::KeyFacets),
            (Action::Go(Go::NextPane), Word::KeyPanes),
            (Action::Mark(Mark::Compare), Word::KeyCompare),
            (Action::Program(Program::Quit), Word::KeyQuit),
        ],
        (_, Focus::Detail) => vec![
            help,
            back,
            (Action::Mark(Mark::Toggle), Word::KeyMark),
            (Action::Mark(Mark::Compare), Word::KeyCompare),
            (Action::Take(crate::app::Take::Copy), Word::KeyCopy),
            (Action::Show(Show::Translations), Word::KeyTranslations),
        ],
        (_, Focus::Facets) => vec![
            help,
            (Action::Narrow(Narrow::Include), Word::KeyInclude),
            (Action::Narrow(Narrow::Exclude), Word::KeyExclude),
            (Action::Narrow(Narrow::Only), Word::KeyOnly),
            (Action::Narrow(Narrow::Type), Word::KeyNarrow),
            back,
        ],
    }
}

fn paint_prompt(
    painter: &mut Painter<'_>,
    state: &State,
    prompt: &Prompt,
    area: Area,
) -> Option<(u16, u16)> {
    let word = match prompt.asking {
        Asking::Search(_) => Word::SearchPrompt,
        Asking::Date => Word::DatePrompt,
        Asking::Query(_) => Word::QueryPrompt,
        Asking::Narrow => Word::NarrowPrompt,
    };
    let label = painter.setter.word(word, area.width / 3, Ink::Mark);
    let at = label.width + 1;
    painter.field(area, 0, &label);
    let (says, ink) = match (&prompt.asking, &prompt.understood) {
        (Asking::Search(_), _) if state.search.needle.is_empty() => (String::new(), Ink::Dim),
        (Asking::Search(_), _) => (hits(state), Ink::Dim),
        (Asking::Query(_), Ok(_)) => (shown(state), Ink::Dim),
        (Asking::Date | Asking::Narrow, Ok(says)) => (says.clone(), Ink::Dim),
        (Asking::Date | Asking::Query(_) | Asking::Narrow, Err((says, _))) => {
            (says.clone(), Ink::Alarm)
        }
    };
    let says = painter.setter.own(&says, area.width / 2, ink);
    let room = area.width.saturating_sub(at + says.width + 3);
    let from = area.width - says.width;
    painter.field(area, 0, &says.moved(from));
    let mut field = prompt_field(painter, &prompt.edit, room).moved(at);
    if let (Asking::Query(_), Err((_, wrong))) = (&prompt.asking, &prompt.understood) {
        field.lit = field.line.highlight(std::slice::from_ref(wrong));
    }
    painter.field(area, 0, &field);
    caret(painter, area, 0, &field, &prompt.edit)
}

/// What was typed, in at most `width` columns: the end of it when it is longer.
pub(super) fn prompt_field(painter: &Painter<'_>, edit: &Edit, width: u16) -> Field {
    let width = width.max(1) - 1;
    let whole = painter
        .setter
        .paragraph(edit.text(), Direction::Auto, u16::MAX, Ink::Text);
    let fits = whole
        .first()
        .is_none_or(|field| field.line.width <= usize::from(width));
    let field = if fits {
        whole.into_iter().next().unwrap_or_default()
    } else {
        let lines = painter
            .setter
            .paragraph(edit.text(), Direction::Auto, width, Ink::Text);
        let holds = |field: &Field| field.line.source.end >= edit.cursor();
        lines.into_iter().find(holds).unwrap_or_default()
    };
    Field {
        width: field.line.width as u16,
        align: crate::app::Align::Start,
        ink: Ink::Text,
        ..field
    }
}

/// Where the terminal's cursor goes: on the letter that comes next, or behind the last one on the
/// side to which the text runs.
pub(super) fn caret(
    painter: &Painter<'_>,
    area: Area,
    row: u16,
    field: &Field,
    edit: &Edit,
) -> Option<(u16, u16)> {
    if area.is_empty() {
        return None;
    }
    let left = painter.column(area, field.at, field.width);
    let column = field.line.caret_column(edit.cursor());
    let before_all = field.line.cells.is_empty() && painter.rtl;
    let x = left.saturating_add_signed(if before_all { -1 } else { column as i16 });
    let last = (area.x + area.width).saturating_sub(1);
    Some((x.clamp(area.x, last), area.y + row))
}
