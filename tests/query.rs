//! Filters, counts and rows against a brute force over the records.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;
use sokhan::model::{
    Actor, ActorId, ActorKind, ActorRef, Basis, Calendar, Certainty, DateExpr, DaySpan, EventId,
    EventRecord, Header, LangText, Mode, Moment, Participation, SourceDocument, SourceId,
    SourceRef, Statement, When,
};
use sokhan::query::{Facet, Filter, Index, Rows, Term, ValueId, counts, histogram, rows, typed};
use sokhan::store::Store;
use sokhan::text::fold;
use sokhan::words::Lang;

const KINDS: [ActorKind; 5] = [
    ActorKind::Person,
    ActorKind::Person,
    ActorKind::Organization,
    ActorKind::Media,
    ActorKind::Unspecified,
];
const NAMES: [&str; 5] = ["ولادیمیر پوتین", "Putin", "بریکس", "ایرنا", "کسی"];
const WORDS: [&str; 6] = [
    "جنگ",
    "صلح",
    "بین\u{200c}المللی",
    "بین المللی",
    "Peace",
    "كتاب",
];

fn header() -> Header {
    let actor = |at: usize| Actor {
        id: format!("a{at}"),
        kind: KINDS[at],
        name: LangText::untagged(NAMES[at]),
        role: LangText::default(),
        aliases: Box::default(),
        member_of: Box::default(),
        wikidata: None,
    };
    let source = |at: u32| SourceDocument {
        id: format!("s{at}"),
        publisher: (at == 0).then_some(ActorRef::Known(ActorId(3))),
        title: LangText::default(),
        published: None,
        captured: None,
        url: None,
    };
    Header {
        actors: (0..KINDS.len()).map(actor).collect(),
        sources: (0..2).map(source).collect(),
        ..Header::default()
    }
}

fn actor() -> impl Strategy<Value = ActorRef> {
    prop_oneof![
        8 => (0..KINDS.len() as u32).prop_map(|id| ActorRef::Known(ActorId(id))),
        1 => Just(ActorRef::Unknown("nobody".to_owned())),
    ]
}

fn source() -> impl Strategy<Value = SourceRef> {
    prop_oneof![
        4 => (0..2_u32).prop_map(|id| SourceRef::Known(SourceId(id))),
        1 => Just(SourceRef::Unknown("nowhere".to_owned())),
    ]
}

fn text() -> impl Strategy<Value = LangText> {
    let words = proptest::collection::vec(proptest::sample::select(&WORDS[..]), 0..4);
    words.prop_map(|words| {
        let text = (!words.is_empty()).then(|| ("fa", words.join(" ")));
        text.into_iter().collect()
    })
}

fn when() -> impl Strategy<Value = Option<When>> {
    let days = prop_oneof![
        6 => (0..60_i32, 0..5_i32).prop_map(|(first, more)| DaySpan { first, last: first + more }),
        1 => (0..60_i32, 397..404_i32).prop_map(|(first, more)| DaySpan { first, last: first + more }),
        1 => (0..60_i32).prop_map(|first| DaySpan { first, last: i32::MAX }),
        1 => (0..60_i32).prop_map(|last| DaySpan { first: i32::MIN, last }),
    ];
    let year = Moment {
        year: 1970,
        years: 1,
        month: None,
        season: None,
        day: None,
        time: None,
        certainty: Certainty::default(),
    };
    proptest::option::weighted(0.9, days).prop_map(move |days| {
        days.map(|days| When {
            calendar: Calendar::Gregorian,
            expr: DateExpr::Moment(year),
            days,
            written: String::new(),
        })
    })
}

fn statement() -> impl Strategy<Value = Statement> {
    (
        proptest::option::of(actor()),
        proptest::collection::vec(actor(), 0..3),
        proptest::sample::select(&Mode::ALL[..]),
        text(),
        proptest::collection::vec(actor(), 0..2),
        proptest::option::of(source()),
    )
        .prop_map(|(speaker, to, mode, text, via, source)| Statement {
            speaker,
            to,
            mode,
            channel: None,
            text,
            original: None,
            via,
            source,
        })
}

fn event() -> impl Strategy<Value = EventRecord> {
    (
        when(),
        text(),
        proptest::collection::vec(actor(), 0..3),
        proptest::collection::vec(proptest::sample::select(&["x", "X ", "y", " "][..]), 0..3),
        proptest::collection::vec(source(), 0..2),
        proptest::collection::vec(statement(), 0..3),
        proptest::option::of(proptest::sample::select(&["تهران", "Moscow"][..])),
    )
        .prop_map(
            |(when, title, actors, tags, sources, statements, place)| EventRecord {
                id: String::new(),
                when,
                when_said: None,
                when_basis: Some(Basis::Stated),
                title,
                summary: LangText::default(),
                place: place.map(LangText::untagged).unwrap_or_default(),
                actors: actors
                    .into_iter()
                    .map(|actor| Participation { actor, role: None })
                    .collect(),
                tags: tags.into_iter().map(str::to_owned).collect(),
                sources,
                statements,
            },
        )
}

fn index() -> impl Strategy<Value = Arc<Index>> {
    proptest::collection::vec(event(), 0..90).prop_map(|events| {
        Arc::new(Index::build(Arc::new(Store::from_records(
            header(),
            events,
        ))))
    })
}

/// A filter out of small numbers: they are taken modulo what the index has.
fn filter() -> impl Strategy<Value = Vec<(usize, u32, bool)>> {
    proptest::collection::vec((0..Facet::ALL.len(), 0..6_u32, any::<bool>()), 0..4)
}

fn make_filter(index: &Index, picks: &[(usize, u32, bool)]) -> Filter {
    let mut filter = Filter::default();
    for (facet, value, include) in picks {
        let facet = Facet::ALL[*facet];
        let values = index.values(facet).len() as u32;
        if values > 0 {
            let value = ValueId(value % values);
            match include {
                true => filter.toggle(facet, value),
                false => filter.toggle_without(facet, value),
            }
        }
    }
    filter
}

/// The names that an event lies under in a facet, straight from the record.
fn under(header: &Header, event: &EventRecord, facet: Facet, speaking: bool) -> BTreeSet<String> {
    let mut actors: Vec<ActorRef> = Vec::new();
    let mut sources = event.sources.clone();
    for statement in &event.statements {
        actors.extend(statement.speaker.clone());
        if !speaking {
            actors.extend(statement.to.iter().chain(&statement.via).cloned());
        }
        sources.extend(statement.source.clone());
    }
    if !speaking {
        actors.extend(event.actors.iter().map(|part| part.actor.clone()));
        for source in &sources {
            if let SourceRef::Known(id) = source {
                actors.extend(header.sources[id.0 as usize].publisher.clone());
            }
        }
    }
    let actor = |actor: &ActorRef| match actor {
        ActorRef::Known(id) => {
            let actor = &header.actors[id.0 as usize];
            let name = actor.name.best("fa").expect("a name").1;
            (Facet::of_kind(actor.kind) == facet).then(|| name.to_owned())
        }
        ActorRef::Unknown(id) => (facet == Facet::Other).then(|| id.clone()),
    };
    match facet {
        Facet::Place => event
            .place
            .best("fa")
            .map(|(_, place)| place.to_owned())
            .into_iter()
            .collect(),
        Facet::Tag => {
            let tags = event.tags.iter().map(|tag| tag.trim().to_lowercase());
            tags.filter(|tag| !tag.is_empty()).collect()
        }
        Facet::Mode => event
            .statements
            .iter()
            .map(|said| format!("{:?}", said.mode).to_lowercase())
            .collect(),
        Facet::Source => sources
            .iter()
            .map(|source| match source {
                SourceRef::Known(id) => header.sources[id.0 as usize].id.clone(),
                SourceRef::Unknown(id) => id.clone(),
            })
            .collect(),
        Facet::Leader | Facet::Organization | Facet::State | Facet::Media | Facet::Other => {
            actors.iter().filter_map(actor).collect()
        }
    }
}

fn label(index: &Index, facet: Facet, value: ValueId) -> String {
    let label = index.label(facet, value);
    match facet {
        Facet::Mode => label.get("en").expect("a name").to_owned(),
        Facet::Tag => label.best("fa").expect("a tag").1.to_lowercase(),
        Facet::Leader
        | Facet::Organization
        | Facet::State
        | Facet::Media
        | Facet::Other
        | Facet::Place
        | Facet::Source => label.best("fa").expect("a name").1.to_owned(),
    }
}

fn found(header: &Header, event: &EventRecord, term: &Term) -> bool {
    let mut texts: Vec<&LangText> = vec![&event.title, &event.summary, &event.place];
    texts.extend(event.statements.iter().map(|statement| &statement.text));
    let mut names: BTreeSet<String> = BTreeSet::new();
    for facet in Facet::ALL.into_iter().filter(|facet| facet.of_actors()) {
        names.extend(under(header, event, facet, false));
    }
    let texts = texts
        .iter()
        .flat_map(|text| text.iter().map(|(_, text)| text.to_owned()));
    texts
        .chain(names)
        .any(|text| !fold::find(&term.typed, &text).is_empty())
}

/// True when the event should pass everything but the choice in `but`.
fn passes(index: &Index, filter: &Filter, event: EventId, but: Option<Facet>) -> bool {
    let store = index.store();
    let record = store.event(event).expect("an event");
    let facets = Facet::ALL.into_iter().filter(|facet| Some(*facet) != but);
    let facets_agree = facets.map(|facet| {
        let speaking = filter.speaking_only && facet.of_actors();
        let under = under(store.header(), &record, facet, speaking);
        let pick = filter.pick(facet);
        let any = |values: &BTreeSet<ValueId>| {
            values
                .iter()
                .any(|value| under.contains(&label(index, facet, *value)))
        };
        (pick.include.is_empty() || any(&pick.include)) && !any(&pick.exclude)
    });
    let days = filter.days.is_none_or(|asked| {
        record
            .when
            .as_ref()
            .is_some_and(|when| when.days.first <= asked.last && when.days.last >= asked.first)
    });
    let text = filter
        .text
        .iter()
        .all(|term| found(store.header(), &record, term) != term.without);
    facets_agree.into_iter().all(|agrees| agrees) && days && text
}

fn all(index: &Index) -> impl Iterator<Item = EventId> {
    (0..index.len()).map(EventId)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn rows_and_counts_are_those_of_a_brute_force(
        index in index(),
        picks in filter(),
        speaking_only in any::<bool>(),
        days in proptest::option::of((prop_oneof![0..60_i32, 390..470_i32], 0..20_i32)),
        word in proptest::option::weighted(0.4, (proptest::sample::select(&WORDS[..]), any::<bool>())),
    ) {
        let mut filter = make_filter(&index, &picks);
        filter.speaking_only = speaking_only;
        filter.days = days.map(|(first, more)| DaySpan { first, last: first + more });
        filter.text.extend(word.map(|(word, without)| Term { typed: word.to_owned(), without }));
        let shown: Vec<_> = rows(&index, &filter).iter().collect();
        let want: Vec<_> = all(&index).filter(|event| passes(&index, &filter, *event, None)).collect();
        prop_assert_eq!(shown, want);
        for facet in Facet::ALL {
            let others: Vec<_> = all(&index).filter(|event| passes(&index, &filter, *event, Some(facet))).collect();
            let counted = counts(&index, &filter, facet);
            prop_assert_eq!(counted.len(), index.values(facet).len());
            for (value, count) in index.values(facet).zip(counted) {
                let label = label(&index, facet, value);
                let under = |event: &&EventId| {
                    let record = index.store().event(**event).expect("an event");
                    let speaking = speaking_only && facet.of_actors();
                    under(index.store().header(), &record, facet, speaking).contains(&label)
                };
                prop_assert_eq!(count as usize, others.iter().filter(under).count(), "{:?} {}", facet, label);
            }
        }
    }

    #[test]
    fn events_stand_by_first_day_then_length_then_undated(index in index()) {
        let keys: Vec<_> = all(&index).map(|event| {
            let days = index.store().days(event);
            (days.is_none(), days.map(|days| (days.first, i64::from(days.last) - i64::from(days.first))))
        }).collect();
        prop_assert!(keys.is_sorted());
        let undated = keys.iter().position(|(undated, _)| *undated).unwrap_or(keys.len());
        prop_assert_eq!(index.store().undated_from(), EventId(undated as u32));
    }

    #[test]
    fn bars_hold_what_begins_in_them(index in index(), picks in filter(), bars in 1..70_usize) {
        let rows = rows(&index, &make_filter(&index, &picks));
        let span = DaySpan { first: 3, last: 52 };
        let first = |event| index.store().days(event).map(|days| days.first);
        let inside = rows.iter().filter(|event| first(*event).is_some_and(|day| (3..=52).contains(&day)));
        let sum: u32 = histogram(&index, &rows, span, bars).iter().sum();
        prop_assert_eq!(sum as usize, inside.count());
        let days = histogram(&index, &rows, span, 50);
        for (day, bar) in (3..=52).zip(days) {
            prop_assert_eq!(bar as usize, rows.iter().filter(|event| first(*event) == Some(day)).count());
        }
    }

    #[test]
    fn a_filter_carried_to_another_index_means_the_same(index in index(), picks in filter()) {
        let store = index.store();
        let events = all(&index).map(|event| (*store.event(event).expect("an event")).clone());
        let mut events: Vec<_> = events.collect();
        events.reverse();
        let other = Index::build(Arc::new(Store::from_records(header(), events)));
        let filter = make_filter(&index, &picks);
        let carried = filter.carried(&index, &other);
        prop_assert_eq!(rows(&index, &filter).len(), rows(&other, &carried).len());
        prop_assert_eq!(carried.carried(&other, &index), filter);
    }
}

fn small_index() -> Arc<Index> {
    let said = |speaker| Statement {
        speaker: Some(ActorRef::Known(ActorId(speaker))),
        to: Vec::new(),
        mode: Mode::Direct,
        channel: None,
        text: LangText::untagged("جنگ و صلح"),
        original: None,
        via: vec![ActorRef::Known(ActorId(3))],
        source: Some(SourceRef::Known(SourceId(0))),
    };
    let event = |speaker| EventRecord {
        id: String::new(),
        when: None,
        when_said: None,
        when_basis: None,
        title: LangText::default(),
        summary: LangText::default(),
        place: LangText::untagged("سن\u{200c}پترزبورگ"),
        actors: Vec::new(),
        tags: vec!["دو واژه".to_owned(), "a\"b".to_owned()],
        sources: Vec::new(),
        statements: vec![said(speaker)],
    };
    let store = Store::from_records(header(), (0..5).map(event).collect());
    Arc::new(Index::build(Arc::new(store)))
}

fn picked(filter: &Filter, facet: Facet) -> (Vec<u32>, Vec<u32>) {
    let pick = filter.pick(facet);
    let numbers = |values: &BTreeSet<ValueId>| values.iter().map(|value| value.0).collect();
    (numbers(&pick.include), numbers(&pick.exclude))
}

#[test]
fn a_typed_query_is_understood_in_both_languages() {
    let index = small_index();
    let queries = [
        "leader:ولادیمیر -org:بریکس mode:direct after:1403-04 before:2025 part:speaker \"جنگ و\" -دروغ",
        "رهبر:ولاديمير -نهاد:بريكس نوع:«نقل مستقیم» از:«تیر ۱۴۰۳» تا:2025 نقش:گوینده «جنگ و» -دروغ",
    ];
    for query in queries {
        let typed = typed::parse(query, &index, 0, Calendar::Jalali);
        assert_eq!(typed.problems, [], "{query}");
        let filter = typed.filter;
        assert_eq!(picked(&filter, Facet::Leader), (vec![0], vec![]));
        assert_eq!(picked(&filter, Facet::Organization), (vec![], vec![0]));
        assert_eq!(picked(&filter, Facet::Mode), (vec![0], vec![]));
        // 2024-06-21 to 2024-12-31.
        assert_eq!(
            filter.days,
            Some(DaySpan {
                first: 19_895,
                last: 20_088
            })
        );
        assert!(filter.speaking_only);
        let terms: Vec<_> = filter
            .text
            .iter()
            .map(|term| (&*term.typed, term.without))
            .collect();
        assert_eq!(terms, [("جنگ و", false), ("دروغ", true)]);
    }
}

#[test]
fn a_whole_name_means_only_itself_and_a_part_all_that_have_it() {
    let index = small_index();
    let leaders = |query: &str| {
        picked(
            &typed::parse(query, &index, 0, Calendar::Jalali).filter,
            Facet::Leader,
        )
        .0
    };
    assert_eq!(leaders("leader:putin"), [1]);
    assert_eq!(leaders("leader:a0"), [0]);
    assert_eq!(leaders("leader:پوتین,putin"), [0, 1]);
    assert_eq!(leaders("leader:n"), [1]);
}

#[test]
fn words_that_close_all_quotation_marks_are_written_bare() {
    let index = small_index();
    for query in ["a\"b»c”d", "--a\"»”", "\"a»”\" «a\"” b»"] {
        let typed = typed::parse(query, &index, 0, Calendar::Jalali);
        assert!(typed.problems.is_empty(), "{query}");
        let printed = typed::print(&index, &typed.filter, Lang::En, Calendar::Jalali);
        let again = typed::parse(&printed, &index, 0, Calendar::Jalali);
        assert_eq!(again, typed, "{query} → {printed}");
    }
}

#[test]
fn problems_are_told_with_their_column_and_the_rest_counts() {
    use typed::What;
    let index = small_index();
    let typed = typed::parse(
        "جنگ ژاله:x leader:نیست on:1403-13 -after:2024 tag: «باز",
        &index,
        0,
        Calendar::Jalali,
    );
    let problems: Vec<_> = typed
        .problems
        .iter()
        .map(|problem| (problem.column, problem.what.clone()))
        .collect();
    let want = [
        (5, What::Field("ژاله".to_owned())),
        (19, What::Value(Facet::Leader, "نیست".to_owned())),
        (27, What::Date("1403-13".to_owned())),
        (35, What::Without),
        (47, What::Missing),
        (52, What::Open),
    ];
    assert_eq!(problems, want);
    let terms: Vec<_> = typed.filter.text.iter().map(|term| &*term.typed).collect();
    assert_eq!(terms, ["جنگ", "باز"]);
    for problem in &typed.problems {
        assert_ne!(problem.what.say(Lang::Fa), problem.what.say(Lang::En));
    }
}

#[test]
fn any_text_is_read_without_harm() {
    let index = small_index();
    for query in [
        "",
        ":",
        "-",
        "::",
        "leader:",
        ":x",
        "«",
        "-«»",
        "a:,,b",
        "on:«»",
        "\u{200c}",
        "leader:«»",
    ] {
        let typed = typed::parse(query, &index, 0, Calendar::Gregorian);
        assert!(
            typed
                .problems
                .iter()
                .all(|problem| query.get(problem.span.clone()).is_some()),
            "{query}"
        );
    }
}

proptest! {
    #[test]
    fn a_filter_printed_and_read_is_the_same(
        index in index(),
        picks in filter(),
        speaking_only in any::<bool>(),
        days in proptest::option::of((-127_000..400_000_i32, 0..90_000_i32, 0..4_u8)),
        words in proptest::collection::vec(("[a-zآ-ی \"»]{0,9}[a-z]", any::<bool>()), 0..3),
        fa in any::<bool>(),
        jalali in any::<bool>(),
    ) {
        let mut filter = make_filter(&index, &picks);
        filter.speaking_only = speaking_only;
        filter.days = days.map(|(first, more, open)| DaySpan {
            first: if open & 1 == 1 { i32::MIN } else { first },
            last: if open & 2 == 2 { i32::MAX } else { first + more },
        }).filter(|days| days.first != i32::MIN || days.last != i32::MAX);
        for (typed, without) in words {
            let term = Term { typed, without };
            if !filter.text.contains(&term) {
                filter.text.push(term);
            }
        }
        let lang = if fa { Lang::Fa } else { Lang::En };
        let calendar = if jalali { Calendar::Jalali } else { Calendar::Gregorian };
        let printed = typed::print(&index, &filter, lang, calendar);
        let read = typed::parse(&printed, &index, 0, calendar);
        prop_assert_eq!(&read.problems, &vec![], "{}", printed);
        prop_assert_eq!(read.filter, filter, "{}", printed);
    }
}

#[test]
fn a_filter_that_is_off_shows_everything_and_is_kept() {
    let events = (0..3).map(|_| EventRecord {
        id: String::new(),
        when: None,
        when_said: None,
        when_basis: None,
        title: LangText::untagged("جنگ"),
        summary: LangText::default(),
        place: LangText::default(),
        actors: Vec::new(),
        tags: Vec::new(),
        sources: Vec::new(),
        statements: Vec::new(),
    });
    let index = Index::build(Arc::new(Store::from_records(header(), events.collect())));
    let mut filter = Filter::default();
    filter.text.push(Term::new("صلح"));
    assert!(rows(&index, &filter).is_empty());
    filter.enabled = false;
    assert!(matches!(rows(&index, &filter), Rows::All(3)));
}
