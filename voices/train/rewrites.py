"""Rewriting pairs: espeak-ng's IPA -> the teacher's alphabet, which has one character a diphthong or affricate. They go into the voice
file in this order (voices/FORMAT.md section 3); a voice's description names the sets it wants and may add pairs of its own."""

SETS = {
    # American English as the teacher was trained on it.
    "american": [
        ("ɚɹ", "əɹ"), ("ʔˌn̩", "tᵊn"), ("ʔn̩", "tᵊn"), ("ʔn", "tᵊn"), ("ʔ", "t"), ("a^ɪ", "I"), ("a^ʊ", "W"), ("d^ʒ", "ʤ"), ("e^ɪ", "A"),
        ("t^ʃ", "ʧ"), ("ɔ^ɪ", "Y"), ("o^ʊ", "O"), ("ə^l", "ᵊl"), ("ʲo", "jo"), ("ʲə", "jə"), ("ʲ", ""), ("ɜːɹ", "ɜɹ"), ("ɜː", "ɜɹ"),
        ("ɪə", "iə"), ("ɚ", "əɹ"), ("e", "A"), ("r", "ɹ"), ("x", "k"), ("ç", "k"), ("ɐ", "ə"), ("ɬ", "l"), ("̃", ""), ("ː", ""),
        ("ɾ", "T"), ("o", "ɔ"), ("n̩", "ᵊn"), ("l̩", "ᵊl"), ("m̩", "ᵊm"),
        ("ɹ̩", "ᵊɹ"), ("̩", ""), ("i^əɹ", "ɪɹ"), ("ʊ^ɹɹ", "ʊɹ")],
    # What all languages share but American English.
    "ties": [
        ("a^ɪ", "I"), ("a^ʊ", "W"), ("d^z", "ʣ"), ("d^ʒ", "ʤ"), ("e^ɪ", "A"), ("o^ʊ", "O"), ("s^s", "S"), ("t^s", "ʦ"), ("t^ʃ", "ʧ"),
        ("ɔ^ɪ", "Y"), ("ə^ʊ", "Q"), ("-", "")],
    # English words inside another language: sounds that only English has.
    "english guest": [
        ("ɜːɹ", "ɜɹ"), ("ɚɹ", "əɹ"), ("ɚ", "əɹ"), ("ə^l", "ᵊl"), ("n̩", "ᵊn"), ("l̩", "ᵊl"), ("m̩", "ᵊm"), ("ʔn", "tᵊn"), ("ʔ", "t"), ("̩", "")],
    # English words, American as above, inside a language whose own e, o and x are sounds that those pairs would change.
    "american guest": [
        ("ɚɹ", "əɹ"), ("ʔˌn̩", "tᵊn"), ("ʔn̩", "tᵊn"), ("ʔn", "tᵊn"), ("ʔ", "t"), ("a^ɪ", "I"), ("a^ʊ", "W"), ("d^ʒ", "ʤ"), ("e^ɪ", "A"),
        ("t^ʃ", "ʧ"), ("ɔ^ɪ", "Y"), ("o^ʊ", "O"), ("ə^l", "ᵊl"), ("ʲ", ""), ("ɜːɹ", "ɜɹ"), ("ɜː", "ɜɹ"), ("ɪə", "iə"), ("ɚ", "əɹ"),
        ("r", "ɹ"), ("ç", "k"), ("ɐ", "ə"), ("ɬ", "l"), ("̃", ""), ("oː", "ɔ"), ("oɹ", "ɔɹ"), ("ː", ""), ("ɾ", "T"), ("n̩", "ᵊn"), ("l̩", "ᵊl"),
        ("m̩", "ᵊm"), ("ɹ̩", "ᵊɹ"), ("̩", ""), ("i^əɹ", "ɪɹ"), ("ʊ^ɹɹ", "ʊɹ")],
    # Mandarin as frontend/language/zh writes it: Chao's tone letters, which the teacher has as arrows before a final n or ŋ.
    "mandarin": [
        ("t^s", "ʦ"), ("t^ɕ", "ʨ"), ("ʈ^ʂ", "ꭧ"), ("ɑɻ", "ɚ"), ("˨˩˦", "↓"), ("˧˥", "↗"), ("˥˩", "↘"), ("˥", "→"),
        ("n→", "→n"), ("n↗", "↗n"), ("n↓", "↓n"), ("n↘", "↘n"), ("ŋ→", "→ŋ"), ("ŋ↗", "↗ŋ"), ("ŋ↓", "↓ŋ"), ("ŋ↘", "↘ŋ")],
    # British English.
    "british": [
        ("a^ɪ", "I"), ("a^ʊ", "W"), ("d^z", "ʣ"), ("d^ʒ", "ʤ"), ("e^ə", "ɛː"), ("e^ɪ", "A"), ("i^ə", "ɪə"), ("ə^ʊ", "Q"), ("o^ʊ", "Q"), ("ʊ^ə", "ʊə"),
        ("s^s", "S"), ("t^s", "ʦ"), ("t^ʃ", "ʧ"), ("ɔ^ɪ", "Y"), ("ə^l", "ᵊl"), ("n̩", "ᵊn"), ("l̩", "ᵊl"), ("m̩", "ᵊm"), ("ʔ", "t"),
        ("̩", ""), ("æ", "a"), ("ɐ", "ə"), ("iə", "ɪə"), ("wˈɒn", "wˈʌn"), ("ɾ", "t"), ("r", "ɹ"), ("x", "k"), ("ç", "k"), ("ɬ", "l"), ("̃", ""), ("-", "")],
}
