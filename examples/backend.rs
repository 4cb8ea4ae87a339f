//! Any ratatui program can show Persian rightly in any terminal: take the backend and the
//! detection, lay text out with `text`, write its cells.
//!
//! Run it with `cargo run --example backend [TERMINAL]`. `j` and `k` move the highlight and scroll
//! the left pane, a click marks its cell, `q` leaves.

use std::error::Error;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::time::Duration;

use crossterm::event::{self, Event, KeyCode, MouseEventKind};
use crossterm::{execute, terminal};
use ratatui::Terminal;
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::{Color, Modifier, Style};
use ratatui::widgets::{Block, Widget};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use sokhan::shell::backend::Backend;
use sokhan::shell::caps::{Detected, Environment, detect, named};
use sokhan::text::{Direction, Line, Marks, TextPolicy, fold, isolate, lay_out};

/// What the panes show.
const LEFT: &[&str] = &[
    "قالیباف: «سلام! این لایحه (دربارهٔ ماده ۱۲) را امضا نمی‌کنیم.»",
    "رئیس‌جمهور می‌رود؛ خانه‌ها و کتاب‌های او می‌مانند، مگر نه؟",
    "گروه BRICS با SCO و ECO در ۱۴۰۳ نشست داشت: ۲۴٫۵٪ رشد.",
    "BRICS گسترش یافت؛ ۱۲ کشور در کازان.",
    "مُحَمَّد گفت: اَلسَّلامُ عَلَیکُم. خانهٔ ما.",
    "لا الا بلا اسلام لأن الآن إلا پلاک گلابی ژاله چای",
    "ببب پپپ تتت ججج چچچ سسس صصص ععع ففف ککک گگگ للل ممم ننن ههه ییی",
    "مسئول، مؤمن، رأی، آب، قرآن، علی (ع)، [متن]، {۱}، <۲>",
];
const RIGHT: &[&str] = &[
    "Kazan, 22-24 October 2024: 16th BRICS summit",
    "پوتین و پزشکیان در کازان دیدار کردند.",
    "«ما» (we) said: \"yes\" — 50%",
    "تلفن: ۰۲۱-۸۸۸۸۸۸۸۸ و www.example.org",
];

fn main() -> Result<(), Box<dyn Error>> {
    let chosen = std::env::args()
        .nth(1)
        .map(|name| named(&name))
        .transpose()?;
    let environment = Environment::new(std::env::vars());
    terminal::enable_raw_mode()?;
    execute!(io::stdout(), terminal::EnterAlternateScreen)?;
    let (detected, _typed) = detect(chosen, &environment, send, receive)?;
    let strategy = detected.strategy();
    send(strategy.enter())?;
    execute!(io::stdout(), event::EnableMouseCapture)?;
    let result = run(&detected);
    execute!(io::stdout(), event::DisableMouseCapture)?;
    send(strategy.leave())?;
    execute!(io::stdout(), terminal::LeaveAlternateScreen)?;
    terminal::disable_raw_mode()?;
    result
}

/// Writes to the terminal.
fn send(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout();
    stdout.write_all(bytes)?;
    stdout.flush()
}

/// Waits for bytes from the terminal; 0 when none came in time.
fn receive(bytes: &mut [u8], patience: Duration) -> usize {
    let stdin = io::stdin();
    let timeout = Timespec::try_from(patience).ok();
    let mut fds = [PollFd::from_borrowed_fd(stdin.as_fd(), PollFlags::IN)];
    match poll(&mut fds, timeout.as_ref()) {
        Ok(1..) => rustix::io::read(stdin.as_fd(), bytes).unwrap_or(0),
        Ok(0) | Err(_) => 0,
    }
}

/// What moves.
#[derive(Default)]
struct State {
    first: usize,
    clicked: Option<Position>,
}

fn run(detected: &Detected) -> Result<(), Box<dyn Error>> {
    let backend = Backend::new(io::stdout(), detected.strategy(), detected.options());
    let mut terminal = Terminal::new(backend)?;
    let mut state = State::default();
    loop {
        terminal.draw(|frame| {
            let area = frame.area();
            view(&state, detected, area, frame.buffer_mut());
            frame.set_cursor_position(Position::new(3, area.height.saturating_sub(2)));
        })?;
        match event::read()? {
            Event::Key(key) if key.code == KeyCode::Char('q') => return Ok(()),
            Event::Key(key) if key.code == KeyCode::Char('j') => state.first += 1,
            Event::Key(key) if key.code == KeyCode::Char('k') => {
                state.first = state.first.saturating_sub(1);
            }
            Event::Mouse(mouse) if matches!(mouse.kind, MouseEventKind::Down(_)) => {
                // A terminal that reorders reports the column it reordered.
                let reported = Position::new(mouse.column, mouse.row);
                state.clicked = Some(terminal.backend().screen().from_terminal(reported));
            }
            Event::FocusGained
            | Event::FocusLost
            | Event::Key(_)
            | Event::Mouse(_)
            | Event::Paste(_)
            | Event::Resize(..) => {}
        }
    }
}

fn view(state: &State, detected: &Detected, area: Rect, buffer: &mut Buffer) {
    let [panes, foot] = Layout::vertical([Constraint::Min(0), Constraint::Length(3)]).areas(area);
    let [right, left] =
        Layout::horizontal([Constraint::Percentage(40), Constraint::Min(0)]).areas(panes);
    let marks = if detected.terminal.marks {
        Marks::Keep
    } else {
        Marks::Strip
    };
    let policy = TextPolicy {
        marks,
        ..TextPolicy::default()
    };
    pane(right, RIGHT, 0, policy, buffer);
    pane(left, LEFT, state.first, policy, buffer);
    let inner = Block::bordered().inner(foot);
    Block::bordered().render(foot, buffer);
    let told = isolate(&format!("{}; {}", detected.terminal.name, detected.why));
    let line = lay_out(
        &format!("پایانه: {told}"),
        usize::from(inner.width),
        Direction::Rtl,
        policy,
    );
    if let Some(line) = line.lines.first() {
        paint(line, inner.x, inner.y, &[], buffer);
    }
    if let Some(cell) = state.clicked.and_then(|at| buffer.cell_mut(at)) {
        cell.set_style(Style::new().bg(Color::Red));
    }
}

/// A border and the lines of some texts, their hits for «لا» and «سلام» lit.
fn pane(area: Rect, texts: &[&str], first: usize, policy: TextPolicy, buffer: &mut Buffer) {
    let inner = Block::bordered().inner(area);
    Block::bordered()
        .border_style(Style::new().fg(Color::DarkGray))
        .render(area, buffer);
    let mut y = inner.y;
    for text in texts.iter().cycle().skip(first).take(texts.len()) {
        let hits = [fold::find("لا", text), fold::find("کتاب", text)].concat();
        let layout = lay_out(text, usize::from(inner.width), Direction::Rtl, policy);
        for line in layout
            .lines
            .iter()
            .take(usize::from(inner.bottom().saturating_sub(y)))
        {
            let indent = if line.rtl {
                usize::from(inner.width) - line.width
            } else {
                0
            };
            paint(
                line,
                inner.x + indent as u16,
                y,
                &line.highlight(&hits),
                buffer,
            );
            y += 1;
        }
    }
}

/// Writes a line's cells.
fn paint(line: &Line, x: u16, y: u16, lit: &[bool], buffer: &mut Buffer) {
    for (at, (column, cell)) in line.columns().enumerate() {
        let Some(target) = buffer.cell_mut((x + column as u16, y)) else {
            continue;
        };
        target.set_symbol(cell.symbol());
        if lit.get(at) == Some(&true) {
            let style = Style::new().fg(Color::Black).bg(Color::Yellow);
            target.set_style(style.add_modifier(Modifier::BOLD));
        }
    }
}
