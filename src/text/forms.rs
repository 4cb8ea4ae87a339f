//! The table of Arabic presentation forms: which code point shows a letter in which shape.

/// How a letter is joined to its neighbours in the order of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Joins {
    /// To the letter before it.
    pub back: bool,
    /// To the letter after it.
    pub on: bool,
}

/// The presentation form of `letter`; the letter itself where Unicode has none.
pub(super) fn form(letter: char, joins: Joins) -> char {
    let shape = match (joins.back, joins.on) {
        (false, false) => 0,
        (true, false) => 1,
        (false, true) => 2,
        (true, true) => 3,
    };
    let order = |row: &(char, &[char])| row.0.cmp(&letter);
    let row = FORMS.binary_search_by(order).ok();
    row.and_then(|at| FORMS.get(at)?.1.get(shape).copied())
        .unwrap_or(letter)
}

/// The form that shows an initial or medial `lam` and the final `alef` after it in one cell.
pub(super) fn lam_alef(lam: char, alef: char) -> Option<char> {
    let back = match lam {
        '\u{fedf}' => 0,
        '\u{fee0}' => 1,
        _ => return None,
    };
    let isolated = match alef {
        '\u{fe82}' => 0xfef5,
        '\u{fe84}' => 0xfef7,
        '\u{fe88}' => 0xfef9,
        '\u{fe8e}' => 0xfefb,
        _ => return None,
    };
    char::from_u32(isolated + back)
}

/// Each letter with its isolated, final, initial and medial form: the one-letter `<isolated>` …
/// `<medial>` decompositions of UnicodeData.txt, in the order of the letters.
#[rustfmt::skip]
const FORMS: &[(char, &[char])] = &[
    ('\u{0621}', &['\u{fe80}']),
    ('\u{0622}', &['\u{fe81}', '\u{fe82}']),
    ('\u{0623}', &['\u{fe83}', '\u{fe84}']),
    ('\u{0624}', &['\u{fe85}', '\u{fe86}']),
    ('\u{0625}', &['\u{fe87}', '\u{fe88}']),
    ('\u{0626}', &['\u{fe89}', '\u{fe8a}', '\u{fe8b}', '\u{fe8c}']),
    ('\u{0627}', &['\u{fe8d}', '\u{fe8e}']),
    ('\u{0628}', &['\u{fe8f}', '\u{fe90}', '\u{fe91}', '\u{fe92}']),
    ('\u{0629}', &['\u{fe93}', '\u{fe94}']),
    ('\u{062a}', &['\u{fe95}', '\u{fe96}', '\u{fe97}', '\u{fe98}']),
    ('\u{062b}', &['\u{fe99}', '\u{fe9a}', '\u{fe9b}', '\u{fe9c}']),
    ('\u{062c}', &['\u{fe9d}', '\u{fe9e}', '\u{fe9f}', '\u{fea0}']),
    ('\u{062d}', &['\u{fea1}', '\u{fea2}', '\u{fea3}', '\u{fea4}']),
    ('\u{062e}', &['\u{fea5}', '\u{fea6}', '\u{fea7}', '\u{fea8}']),
    ('\u{062f}', &['\u{fea9}', '\u{feaa}']),
    ('\u{0630}', &['\u{feab}', '\u{feac}']),
    ('\u{0631}', &['\u{fead}', '\u{feae}']),
    ('\u{0632}', &['\u{feaf}', '\u{feb0}']),
    ('\u{0633}', &['\u{feb1}', '\u{feb2}', '\u{feb3}', '\u{feb4}']),
    ('\u{0634}', &['\u{feb5}', '\u{feb6}', '\u{feb7}', '\u{feb8}']),
    ('\u{0635}', &['\u{feb9}', '\u{feba}', '\u{febb}', '\u{febc}']),
    ('\u{0636}', &['\u{febd}', '\u{febe}', '\u{febf}', '\u{fec0}']),
    ('\u{0637}', &['\u{fec1}', '\u{fec2}', '\u{fec3}', '\u{fec4}']),
    ('\u{0638}', &['\u{fec5}', '\u{fec6}', '\u{fec7}', '\u{fec8}']),
    ('\u{0639}', &['\u{fec9}', '\u{feca}', '\u{fecb}', '\u{fecc}']),
    ('\u{063a}', &['\u{fecd}', '\u{fece}', '\u{fecf}', '\u{fed0}']),
    ('\u{0641}', &['\u{fed1}', '\u{fed2}', '\u{fed3}', '\u{fed4}']),
    ('\u{0642}', &['\u{fed5}', '\u{fed6}', '\u{fed7}', '\u{fed8}']),
    ('\u{0643}', &['\u{fed9}', '\u{feda}', '\u{fedb}', '\u{fedc}']),
    ('\u{0644}', &['\u{fedd}', '\u{fede}', '\u{fedf}', '\u{fee0}']),
    ('\u{0645}', &['\u{fee1}', '\u{fee2}', '\u{fee3}', '\u{fee4}']),
    ('\u{0646}', &['\u{fee5}', '\u{fee6}', '\u{fee7}', '\u{fee8}']),
    ('\u{0647}', &['\u{fee9}', '\u{feea}', '\u{feeb}', '\u{feec}']),
    ('\u{0648}', &['\u{feed}', '\u{feee}']),
    ('\u{0649}', &['\u{feef}', '\u{fef0}', '\u{fbe8}', '\u{fbe9}']),
    ('\u{064a}', &['\u{fef1}', '\u{fef2}', '\u{fef3}', '\u{fef4}']),
    ('\u{0671}', &['\u{fb50}', '\u{fb51}']),
    ('\u{0677}', &['\u{fbdd}']),
    ('\u{0679}', &['\u{fb66}', '\u{fb67}', '\u{fb68}', '\u{fb69}']),
    ('\u{067a}', &['\u{fb5e}', '\u{fb5f}', '\u{fb60}', '\u{fb61}']),
    ('\u{067b}', &['\u{fb52}', '\u{fb53}', '\u{fb54}', '\u{fb55}']),
    ('\u{067e}', &['\u{fb56}', '\u{fb57}', '\u{fb58}', '\u{fb59}']),
    ('\u{067f}', &['\u{fb62}', '\u{fb63}', '\u{fb64}', '\u{fb65}']),
    ('\u{0680}', &['\u{fb5a}', '\u{fb5b}', '\u{fb5c}', '\u{fb5d}']),
    ('\u{0683}', &['\u{fb76}', '\u{fb77}', '\u{fb78}', '\u{fb79}']),
    ('\u{0684}', &['\u{fb72}', '\u{fb73}', '\u{fb74}', '\u{fb75}']),
    ('\u{0686}', &['\u{fb7a}', '\u{fb7b}', '\u{fb7c}', '\u{fb7d}']),
    ('\u{0687}', &['\u{fb7e}', '\u{fb7f}', '\u{fb80}', '\u{fb81}']),
    ('\u{0688}', &['\u{fb88}', '\u{fb89}']),
    ('\u{068c}', &['\u{fb84}', '\u{fb85}']),
    ('\u{068d}', &['\u{fb82}', '\u{fb83}']),
    ('\u{068e}', &['\u{fb86}', '\u{fb87}']),
    ('\u{0691}', &['\u{fb8c}', '\u{fb8d}']),
    ('\u{0698}', &['\u{fb8a}', '\u{fb8b}']),
    ('\u{06a4}', &['\u{fb6a}', '\u{fb6b}', '\u{fb6c}', '\u{fb6d}']),
    ('\u{06a6}', &['\u{fb6e}', '\u{fb6f}', '\u{fb70}', '\u{fb71}']),
    ('\u{06a9}', &['\u{fb8e}', '\u{fb8f}', '\u{fb90}', '\u{fb91}']),
    ('\u{06ad}', &['\u{fbd3}', '\u{fbd4}', '\u{fbd5}', '\u{fbd6}']),
    ('\u{06af}', &['\u{fb92}', '\u{fb93}', '\u{fb94}', '\u{fb95}']),
    ('\u{06b1}', &['\u{fb9a}', '\u{fb9b}', '\u{fb9c}', '\u{fb9d}']),
    ('\u{06b3}', &['\u{fb96}', '\u{fb97}', '\u{fb98}', '\u{fb99}']),
    ('\u{06ba}', &['\u{fb9e}', '\u{fb9f}']),
    ('\u{06bb}', &['\u{fba0}', '\u{fba1}', '\u{fba2}', '\u{fba3}']),
    ('\u{06be}', &['\u{fbaa}', '\u{fbab}', '\u{fbac}', '\u{fbad}']),
    ('\u{06c0}', &['\u{fba4}', '\u{fba5}']),
    ('\u{06c1}', &['\u{fba6}', '\u{fba7}', '\u{fba8}', '\u{fba9}']),
    ('\u{06c5}', &['\u{fbe0}', '\u{fbe1}']),
    ('\u{06c6}', &['\u{fbd9}', '\u{fbda}']),
    ('\u{06c7}', &['\u{fbd7}', '\u{fbd8}']),
    ('\u{06c8}', &['\u{fbdb}', '\u{fbdc}']),
    ('\u{06c9}', &['\u{fbe2}', '\u{fbe3}']),
    ('\u{06cb}', &['\u{fbde}', '\u{fbdf}']),
    ('\u{06cc}', &['\u{fbfc}', '\u{fbfd}', '\u{fbfe}', '\u{fbff}']),
    ('\u{06d0}', &['\u{fbe4}', '\u{fbe5}', '\u{fbe6}', '\u{fbe7}']),
    ('\u{06d2}', &['\u{fbae}', '\u{fbaf}']),
    ('\u{06d3}', &['\u{fbb0}', '\u{fbb1}']),
];
