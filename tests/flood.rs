//! Keys that come faster than frames lead where the same keys lead one by one.

mod support;

use support::Session;

const KEYS: &[&str] = &[
    "j",
    "j",
    "j",
    "k",
    "down",
    "up",
    "space",
    "pageup",
    "ctrl-d",
    "g",
    "G",
    "J",
    "K",
    "tab",
    "shift-tab",
    "left",
    "right",
    "enter",
    "esc",
    "esc",
    "] d",
    "[ m",
    "] y",
    "f",
    "space",
    "-",
    "s",
    "x",
    "X",
    "c",
    "m",
    "'",
    "v",
    "V",
    "?",
    ":",
    "/",
    "type:ایر",
    "type:a",
    "n",
    "N",
    "*",
    "t",
    "F",
    "ctrl-o",
    "C",
    "D",
    "L",
    "T",
    "z",
    "Z",
    "B",
    "W",
    "backspace",
    "ctrl-f",
    "ctrl-l",
    "f2",
];

#[test]
fn a_flood_leads_where_single_keys_lead() {
    let mut seed = 1_u64;
    let mut random = move |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) as usize % below
    };
    for (width, height) in [(100, 30), (60, 20), (40, 10), (0, 0)] {
        for _ in 0..4 {
            let script: Vec<&str> = (0..40).map(|_| KEYS[random(KEYS.len())]).collect();
            let script = script.join(" ");
            let mut one_by_one = Session::open(width, height);
            one_by_one.press(&script);
            let mut flood = Session::open(width, height);
            flood.flood(&script);
            assert_eq!(
                flood.rows(),
                one_by_one.rows(),
                "{width}x{height}: {script}"
            );
        }
    }
}
