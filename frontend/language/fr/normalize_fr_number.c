/* French numbers: how they are built, what they agree with, ordinals, fractions, roman numerals. */
#include "normalize_fr.h"

#include <string.h>

static const char *const ones[] = {
    "",    "un",   "deux",  "trois",  "quatre",   "cinq",   "six",   "sept",     "huit",     "neuf",
    "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
};
static const char *const tens[] = {"", "", "vingt", "trente", "quarante", "cinquante", "soixante"};

const char *const fr_scales[][2] = {
    {"million", "millions"},           {"milliard", "milliards"},         {"billion", "billions"},
    {"billiard", "billiards"},         {"trillion", "trillions"},         {"trilliard", "trilliards"},
    {"quadrillion", "quadrillions"},   {"quadrilliard", "quadrilliards"}, {"quintillion", "quintillions"},
    {"quintilliard", "quintilliards"}, {"sextillion", "sextillions"},
};

/* Behind what is there; `mille`: it follows, so that "vingts" loses its s. */
static void join_below_100(struct norm_pass *pass, unsigned value, enum ro_form form, bool mille)
{
    const unsigned ten = value / 10;
    if (value < 20) {
        norm_join(pass, ones[value]);
    } else if (ten >= 8) {
        norm_join(pass, value == 80 && !mille ? "quatre-vingts" : "quatre-vingt");
        norm_join(pass, value == 80 ? "" : "-");
        norm_join(pass, ones[value - 80]);
    } else {
        const unsigned rest = ten == 7 ? value - 60 : value % 10;
        norm_join(pass, tens[ten == 7 ? 6 : ten]);
        norm_join(pass, value % 10 == 1 ? " et " : rest ? "-" : "");
        norm_join(pass, ones[rest]);
    }
    if (form == RO_FEMININE && value % 10 == 1 && value != 11 && value != 71 && value != 91)
        norm_join(pass, "e");
}

static void say_below_1000(struct norm_pass *pass, unsigned value, enum ro_form form, bool mille)
{
    const unsigned hundreds = value / 100;
    if (hundreds > 1)
        norm_say(pass, ones[hundreds]);
    if (hundreds)
        norm_say(pass, hundreds > 1 && value % 100 == 0 && !mille ? "cents" : "cent");
    if (value % 100 == 0)
        return;
    norm_say(pass, "");
    join_below_100(pass, value % 100, form, mille);
}

void fr_below_million(struct norm_pass *pass, unsigned value, enum ro_form form)
{
    if (value >= 2000)
        say_below_1000(pass, value / 1000, RO_MASCULINE, true);
    if (value >= 1000)
        norm_say(pass, "mille");
    if (value % 1000)
        say_below_1000(pass, value % 1000, form, false);
}

/* The cardinal with "-ième": "vingt et unième", "cinquième", "neuvième", "quatre-vingtième". */
void fr_ordinal(struct norm_pass *pass, const char *digits, size_t n, enum ro_form form)
{
    if (n == 1 && *digits == '1') {
        norm_say(pass, form == RO_FEMININE ? "première" : "premier");
        return;
    }
    ro_say_whole(pass, digits, n, RO_ALONE);
    if (ro_said(pass, "cinq")) {
        norm_join(pass, "u");
    } else if (ro_said(pass, "neuf")) {
        ro_cut(pass, 1);
        norm_join(pass, "v");
    } else if (ro_said(pass, "e") || ro_said(pass, "vingts") || ro_said(pass, "cents") || ro_said(pass, "ons") ||
               ro_said(pass, "ards")) {
        ro_cut(pass, 1);
    } else if (ro_said(pass, "zéro")) {
        ro_cut(pass, 1);
        norm_join(pass, "o");
    }
    norm_join(pass, "ième");
}

void fr_fraction(struct norm_pass *pass, unsigned above, unsigned below, enum ro_form form)
{
    static const char *const names[][2] = {{"demi", "demis"}, {"tiers", "tiers"}, {"quart", "quarts"}};
    ro_say_value(pass, above, below == 2 && form == RO_FEMININE ? RO_FEMININE : RO_MASCULINE);
    if (below <= 4) {
        norm_say(pass, names[below - 2][above > 1]);
    } else {
        ro_say_ordinal(pass, below, RO_ALONE);
        norm_join(pass, above > 1 ? "s" : "");
    }
}

/* ---- nouns ---- */

bool fr_is_noun(const struct norm_pass *pass, size_t i)
{
    static const char others[] =
        "et|ou|à|au|aux|de|des|du|en|dans|sur|sous|par|pour|avec|sans|contre|vers|chez|est|sont|ont|a|ai|as|avait|"
        "avaient|était|étaient|sera|seront|fut|furent|serait|peut|peuvent|doit|doivent|plus|moins|pas|que|qui|quand|"
        "mais|donc|car|ni|puis|y|le|la|les|un|une|ce|cette|ces|il|elle|ils|elles|on|nous|vous|je|tu|se|ne|si|comme|"
        "après|avant|depuis|pendant|entre|jusqu|soit|dont|où|aussi|très|fait|vient|va|reste|comprend|selon|environ|"
        "alors|dès|lors|là|ici|hors|sauf|malgré|toujours|jamais|encore|déjà|hier|demain|seulement|h|x|mille|"
        "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|bis|ter|millions|"
        "million|milliards|milliard|derrière|devant|versus|via|puisque|lorsque|parce|voire|dit";
    const struct norm_token *const token = norm_at(pass, i);
    return token->lower && token->length > 1 && !memchr(norm_text(pass, i), '\'', token->length) &&
           !norm_in_list(pass, i, others);
}

/* By the noun itself or its ending, as far as that tells; adjectives before it too. */
bool fr_is_feminine(const struct norm_pass *pass, size_t i)
{
    static const char feminine[] =
        "heure|heures|minute|minutes|seconde|secondes|page|pages|personne|personnes|fois|femme|femmes|fille|filles|"
        "maison|maisons|année|années|semaine|semaines|nuit|nuits|chambre|chambres|table|tables|voix|place|places|"
        "ligne|lignes|tonne|tonnes|vie|vies|ville|villes|route|routes|rue|rues|porte|portes|île|îles|école|écoles|"
        "étape|étapes|équipe|équipes|tranche|tranches|photo|photos|vidéo|vidéos|image|images|erreur|erreurs|mise|"
        "mises|case|cases|carte|cartes|tâche|tâches|tête|têtes|main|mains|dent|dents|mère|mères|sœur|sœurs|nuance|"
        "lettre|lettres|phrase|phrases|chaise|chaises|fleur|fleurs|pomme|pommes|orange|oranges|poire|poires|"
        "plante|plantes|couleur|couleurs|forme|formes|marche|marches|pièce|pièces|feuille|feuilles|étoile|étoiles|"
        "langue|langues|arme|armes|victime|victimes|voiture|voitures|machine|machines|usine|usines|entreprise|"
        "entreprises|loi|lois|fin|fins|part|parts|mer|mers|eau|eaux|peau|peaux|clé|clés|clef|clefs|croix|noix|"
        "boîte|boîtes|tasse|tasses|balle|balles|salle|salles|grande|grandes|petite|petites|nouvelle|nouvelles|"
        "bonne|bonnes|belle|belles|seule|seules|première|premières|dernière|dernières|longue|longues|"
        "vieille|vieilles|lune|lunes|plage|plages|église|églises|rose|roses|robe|robes|classe|classes|course|"
        "courses|norme|normes|base|bases|branche|branches|banque|banques|bibliothèque|bibliothèques|boutique|"
        "boutiques|marque|marques|méthode|méthodes|période|périodes|série|séries|zone|zones|bombe|bombes|carrière|"
        "bouche|jambe|jambes|corde|cordes|cloche|cloches|cause|causes|chose|choses|danse|danses|dette|dettes|"
        "faute|fautes|ferme|fermes|fête|fêtes|goutte|gouttes|guerre|guerres|pierre|pierres|poule|poules|rivière|"
        "rivières|tour|tuile|vache|vaches|chèvre|chèvres|brebis|souris|fourmi|fourmis|forêt|forêts|"
        "voie|voies|cour|chanson|chansons|leçon|leçons|façon|façons|boisson|boissons|"
        "messagerie|valeur|valeurs|largeur|longueur|hauteur|réponse|réponses|question|questions|touche|touches|"
        "fenêtre|fenêtres|offre|offres|demande|demandes|vente|ventes|douzaine|douzaines|dizaine|dizaines|virgule";
    static const char endings[] =
        "tion|tions|sion|sions|xion|xions|té|tés|ette|ettes|ance|ances|ence|ences|ure|ures|ie|ies|ée|ées|euse|"
        "euses|trice|trices|esse|esses|ude|udes|ade|ades|aine|aines|aille|ailles|eille|eilles|ille|illes|elle|"
        "elles|enne|ennes|onne|onnes|ière|ières|ouille|aison|aisons|oire|oires|ine|ines|ique|iques|euille|otte|ottes";
    static const char masculine[] =
        "lycée|lycées|musée|musées|côté|côtés|comité|comités|été|étés|traité|traités|député|députés|arrêté|arrêtés|"
        "silence|silences|génie|génies|incendie|incendies|domaine|domaines|stade|stades|grade|grades|centime|"
        "squelette|parapluie|parapluies|territoire|territoires|laboratoire|laboratoires|mémoire|répertoire|"
        "répertoires|accessoire|accessoires|magazine|magazines|capitaine|capitaines|zouave|murmure|mercure|"
        "chèvrefeuille|portefeuille|portefeuilles|millefeuille|gramme|kilomètre|trimestre|semestre|bastion|"
        "bastions|camion|camions|pion|pions|lion|lions|scion|scions|avion|avions|million|millions|interrogatoire|"
        "cimetière|cimetières|derrière|observatoire|observatoires|conservatoire|territorial|moustique|moustiques|"
        "générique|génériques|cosmétique|domestique|domestiques|pique-nique|pique-niques|trophée|trophées|"
        "modèle|modèles|diplôme|diplômes|pays|pâté|pâtés|blessé|blessés|invité|invités|employé|employés|"
        "réfugié|réfugiés|accusé|accusés|salarié|salariés|retraité|retraités|licencié|licenciés|apprenti|"
        "appareil|café|cafés|procédé|procédés|marché|marchés|degré|degrés|carré|carrés|pavé|pavés|spécifique|"
        "politique|politiques|critique|critiques|gorille|gorilles|bacille|bacilles|cric|chauffage";
    if (norm_in_list(pass, i, feminine))
        return true;
    return ro_ends_with(pass, i, endings) && !norm_in_list(pass, i, masculine);
}

/* ---- ordinals ---- */

/* "1er", "2e", "21ème", "2nde", "3es". */
size_t fr_rule_ordinal(struct norm_pass *pass, size_t i)
{
    const struct norm_token *const token = norm_at(pass, i);
    const size_t next = i + 1;
    if (!norm_touching_kind(pass, next, NORM_WORD) || token->length > 9 || *norm_text(pass, i) == '0')
        return 0;
    const bool one = norm_is(pass, i, "1"), two = norm_is(pass, i, "2");
    const bool plural = ro_word_ends(pass, next, "s");
    if (one && norm_in_list(pass, next, "er|ers|ier|ᵉʳ"))
        norm_say(pass, "premier");
    else if (one && norm_in_list(pass, next, "re|res|ère|ères|ere|ière|ʳᵉ|ᵉʳᵉ"))
        norm_say(pass, "première");
    else if (two && norm_in_list(pass, next, "nd|nds|d"))
        norm_say(pass, "second");
    else if (two && norm_in_list(pass, next, "nde|ndes"))
        norm_say(pass, "seconde");
    else if (!one && norm_in_list(pass, next, "e|es|ème|èmes|eme|emes|ième|ièmes|ieme|ᵉ|è|me"))
        fr_ordinal(pass, norm_text(pass, i), token->length, RO_ALONE);
    else
        return 0;
    norm_join(pass, plural ? "s" : "");
    return 2;
}

/* ---- roman numerals ---- */

/* Value of the numeral that the word at token i starts with, when what follows it is an ending of ordinals; 0: none. */
static unsigned roman_ordinal(const struct norm_pass *pass, size_t i, bool *plural, bool *feminine)
{
    static const char *const endings[] = {"e", "es", "ème", "èmes", "eme", "ᵉ", "er", "ers", "re", "ière", "ère", "ᵉʳ"};
    const char *const text = norm_text(pass, i);
    const size_t length = norm_at(pass, i)->length, n = ro_span(text, length, "IVXL");
    const unsigned value = n && n < length ? norm_roman_value(text, n) : 0;
    for (size_t k = 0; value && k < NORM_COUNT(endings); k++) {
        if (length - n != strlen(endings[k]) || memcmp(text + n, endings[k], length - n) != 0)
            continue;
        const bool first = strchr(endings[k], 'r') || strcmp(endings[k], "ᵉʳ") == 0 || strcmp(endings[k], "ère") == 0;
        *plural = endings[k][strlen(endings[k]) - 1] == 's';
        *feminine = strcmp(endings[k], "re") == 0 || strcmp(endings[k], "ière") == 0 || strcmp(endings[k], "ère") == 0;
        return first == (value == 1) && (n > 1 || text[0] != 'L') ? value : 0;
    }
    return 0;
}

/* "Louis XIV", "François Ier", "le XIXe siècle", "chapitre IV". */
size_t fr_rule_roman(struct norm_pass *pass, size_t i)
{
    static const char labels[] =
        "chapitre|chapitres|tome|tomes|acte|scène|livre|partie|volume|article|titre|annexe|phase|"
        "type|niveau|leçon|section|classe|groupe|figure|tableau|page|pages|étape|paris|lyon|université|"
        "chap|vol|art|t|p|pp|fig";
    static const char rulers[] =
        "louis|charles|henri|françois|philippe|napoléon|jean|paul|pie|benoît|élisabeth|Élisabeth|elisabeth|georges|"
        "édouard|guillaume|frédéric|alexandre|nicolas|pierre|catherine|léopold|albert|baudouin|victor|umberto|clovis|"
        "robert|hugues|jacques|richard|ferdinand|alphonse|isabelle|joseph|léon|grégoire|innocent|urbain|clément|sixte|"
        "jules|ramsès|ptolémée|antiochus|mehmed|soliman|christian|olaf|haakon|oscar|gustave|sigismond|ivan|otton|"
        "rodolphe|maximilien|ludovic|childéric|childebert|clotaire|dagobert|thierry|pépin|rainier|hassan|mohammed";
    bool plural = false, feminine = false;
    const struct norm_token *const token = norm_at(pass, i);
    if (!token->capital)
        return 0;
    unsigned value = roman_ordinal(pass, i, &plural, &feminine);
    if (!value && norm_in_list(pass, i + 1, "siècle|siècles"))
        value = norm_roman(pass, i);
    if (value) {
        ro_say_ordinal(pass, value, feminine ? RO_FEMININE : RO_MASCULINE);
        norm_join(pass, plural ? "s" : "");
        if (!norm_is(pass, i + 1, "s") || norm_touches(pass, i + 1) || !norm_touching_symbol(pass, i + 2, '.'))
            return 1;
        norm_border(pass, i + 1);
        norm_say(pass, "siècle");
        norm_keep_stop(pass, i + 3);
        return 3;
    }
    value = norm_roman(pass, i);
    if (!value || !i || norm_touches(pass, i))
        return 0;
    const size_t before = i >= 2 && norm_touching_symbol(pass, i - 1, '.') ? i - 2 : i - 1;
    const struct norm_token *const word = norm_at(pass, before);
    const bool label =
        norm_in_list(pass, before, labels) && (before != i - 1 || word->length > 2); /* "p" needs its dot */
    const bool ruler = before == i - 1 && norm_in_list(pass, before, rulers);
    const bool small = ro_span(norm_text(pass, i), token->length, "IVX") == token->length && token->length > 1;
    const bool named = before == i - 1 && word->kind == NORM_WORD && word->capital && word->length > 2;
    if (!label && !(ruler && value < 40) && !(small && named))
        return 0;
    if (ruler && value == 1)
        norm_say(pass, "premier");
    else
        ro_say_value(pass, value, RO_ALONE);
    return 1;
}
