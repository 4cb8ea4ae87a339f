//! Who belongs to whom, once all actors are known.

use std::borrow::Cow;

use super::names::Names;
use super::reader::Reader;
use crate::model::{Actor, ActorRef, Header};
use crate::store::json::{Cursor, Step};
use crate::store::problem::{Class, Problem, Warnings};

/// Reads the memberships, which may name actors that come later; says which ids nobody has and
/// which memberships go round in a circle. `places` are the index in the file and the offset of
/// each actor, `lists` the offsets of their memberships.
pub(super) fn read_members(
    text: &[u8],
    places: &[(usize, usize)],
    lists: &[Option<usize>],
    names: &Names,
    header: &mut Header,
    warnings: &mut Warnings,
) {
    let key = |name: &'static str| Step::Key(Cow::Borrowed(name));
    for ((actor, (index, _)), list) in header.actors.iter_mut().zip(places).zip(lists) {
        let Some(list) = *list else { continue };
        let mut reader = Reader::new(Cursor::new(text, list), names, warnings);
        let members = reader.within(key("actors"), |reader| {
            reader.within(Step::Index(*index), |reader| {
                reader.within(key("member_of"), Reader::actors)
            })
        });
        actor.member_of = members.unwrap_or_default().into();
    }
    for at in circles(&header.actors) {
        let (index, object) = places.get(at).copied().unwrap_or_default();
        warnings.add(Class::Reference, || {
            let value = Cursor::new(text, object).field("member_of");
            let what = "`member_of` goes round in a circle (a cycle); kept, read once";
            let problem = Problem::of_file(Class::Reference, what);
            let mut problem = problem.at(value.map_or(object, |value| value.at()));
            problem.path = format!("actors[{index}].member_of");
            problem
        });
    }
}

/// How far an actor's memberships were followed.
#[derive(Clone, Copy, PartialEq)]
enum Seen {
    Never,
    Open,
    Done,
}

/// One actor of each circle of memberships.
fn circles(actors: &[Actor]) -> Vec<usize> {
    let mut seen = vec![Seen::Never; actors.len()];
    let mut found = Vec::new();
    let mut open = Vec::new();
    for (start, actor) in actors.iter().enumerate() {
        if actor.member_of.is_empty() || seen.get(start) != Some(&Seen::Never) {
            continue;
        }
        open.push((start, 0));
        while let Some((at, next)) = open.last_mut() {
            let at = *at;
            if let Some(state) = seen.get_mut(at) {
                *state = Seen::Open;
            }
            let member = actors.get(at).and_then(|actor| actor.member_of.get(*next));
            *next += 1;
            match member {
                Some(ActorRef::Known(of)) => {
                    let of = of.0 as usize;
                    match seen.get(of) {
                        Some(Seen::Never) => open.push((of, 0)),
                        Some(Seen::Open) => found.push(at),
                        _ => {}
                    }
                }
                Some(ActorRef::Unknown(_)) => {}
                None => {
                    open.pop();
                    if let Some(state) = seen.get_mut(at) {
                        *state = Seen::Done;
                    }
                }
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ActorId, ActorKind, LangText};

    fn actors(members: &[&[u32]]) -> Vec<Actor> {
        let actor = |of: &&[u32]| Actor {
            id: String::new(),
            kind: ActorKind::Unspecified,
            name: LangText::default(),
            role: LangText::default(),
            aliases: Box::default(),
            member_of: of.iter().map(|at| ActorRef::Known(ActorId(*at))).collect(),
            wikidata: None,
        };
        members.iter().map(actor).collect()
    }

    #[test]
    fn circles_are_found_once_and_diamonds_are_none() {
        assert_eq!(
            circles(&actors(&[&[1, 2], &[3], &[3], &[]])),
            Vec::<usize>::new()
        );
        assert_eq!(circles(&actors(&[&[0]])), [0]);
        assert_eq!(circles(&actors(&[&[1], &[2], &[0], &[0]])), [2]);
    }

    #[test]
    fn a_long_chain_costs_no_stack() {
        let members: Vec<Vec<u32>> = (0..100_000).map(|at| vec![at + 1]).collect();
        let members: Vec<&[u32]> = members.iter().map(Vec::as_slice).collect();
        assert_eq!(circles(&actors(&members)), Vec::<usize>::new());
    }
}
