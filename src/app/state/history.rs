//! Where the reader was: every jump can be gone back on.

use crate::model::EventId;
use crate::query::Filter;

use super::{Focus, State};

/// A place to come back to.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The event under the cursor.
    pub event: Option<EventId>,
    /// The statement in front.
    pub card: usize,
    /// The pane with the focus.
    pub focus: Focus,
    /// What was left out.
    pub filter: Filter,
}

/// Views behind and ahead; the nearest last.
#[derive(Clone, Debug, Default)]
pub struct History {
    behind: Vec<View>,
    ahead: Vec<View>,
}

/// Views that are kept.
const MOST: usize = 200;

impl History {
    /// Changes all views.
    pub(super) fn each(&mut self, change: impl FnMut(&mut View)) {
        self.behind
            .iter_mut()
            .chain(&mut self.ahead)
            .for_each(change);
    }
}

impl State {
    /// The present view.
    pub fn view(&self) -> View {
        View {
            event: self.event(),
            card: self.detail.card,
            focus: self.focus,
            filter: self.filter.clone(),
        }
    }

    /// Keeps the present view, before a jump.
    pub fn remember(&mut self) {
        self.remember_as(self.view());
    }

    /// Keeps `view` as the one before.
    pub fn remember_as(&mut self, view: View) {
        let history = &mut self.history;
        if history.behind.last() != Some(&view) {
            history.behind.push(view);
        }
        if history.behind.len() > MOST {
            history.behind.remove(0);
        }
        history.ahead.clear();
    }

    /// Goes back to the view before; false when there is none.
    pub fn go_back(&mut self) -> bool {
        let here = self.view();
        let Some(view) = self.history.behind.pop() else {
            return false;
        };
        self.history.ahead.push(here);
        self.restore(view);
        true
    }

    /// Goes forward again; false when there is nothing ahead.
    pub fn go_forward(&mut self) -> bool {
        let here = self.view();
        let Some(view) = self.history.ahead.pop() else {
            return false;
        };
        self.history.behind.push(here);
        self.restore(view);
        true
    }

    /// Shows `view` again.
    pub fn restore(&mut self, view: View) {
        if self.filter != view.filter {
            self.filter = view.filter;
            self.refilter();
        }
        if let Some(event) = view.event {
            self.go_to(event);
        }
        self.focus = view.focus;
        self.settle();
        self.detail.card = view.card;
        self.detail.reveal();
    }
}
