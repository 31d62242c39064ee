/* Italian numbers: how they are built, what they agree with, ordinals, fractions. Hundreds and thousands are written
 * apart, since espeak-ng says the s of "ventisei" right at the start of a word and in few longer ones. */
#include "normalize_it.h"

#include <string.h>

static const char *const ones[] = {
    "",       "uno",         "due",      "tre",        "quattro", "cinque",  "sei",         "sette",
    "otto",   "nove",        "dieci",    "undici",     "dodici",  "tredici", "quattordici", "quindici",
    "sedici", "diciassette", "diciotto", "diciannove",
};

static const char *const tens[] = {
    "", "", "venti", "trenta", "quaranta", "cinquanta", "sessanta", "settanta", "ottanta", "novanta",
};

const char *const it_scales[][2] = {
    {"milione", "milioni"},           {"miliardo", "miliardi"},         {"bilione", "bilioni"},
    {"biliardo", "biliardi"},         {"trilione", "trilioni"},         {"triliardo", "triliardi"},
    {"quadrilione", "quadrilioni"},   {"quadriliardo", "quadriliardi"}, {"quintilione", "quintilioni"},
    {"quintiliardo", "quintiliardi"}, {"sestilione", "sestilioni"},
};

/* "ventuno", "ventotto" and "ventitré": tens lose their vowel before one and eight. */
static void join_below_100(struct norm_pass *pass, unsigned value)
{
    if (value < 20) {
        norm_join(pass, ones[value]);
        return;
    }
    norm_join(pass, tens[value / 10]);
    if (value % 10 == 1 || value % 10 == 8)
        ro_cut(pass, 1);
    norm_join(pass, value % 10 == 3 ? "tré" : ones[value % 10]);
}

static void say_below_1000(struct norm_pass *pass, unsigned value)
{
    if (value >= 100) {
        norm_say(pass, value >= 200 ? ones[value / 100] : "");
        norm_join(pass, "cento");
    }
    if (value % 100) {
        norm_say(pass, "");
        join_below_100(pass, value % 100);
    }
}

void it_below_million(struct norm_pass *pass, unsigned value, enum ro_form form)
{
    if (value == 1 && form != RO_ALONE) {
        norm_say(pass, form == RO_FEMININE ? "una" : "un");
        return;
    }
    if (value >= 2000) {
        say_below_1000(pass, value / 1000);
        if (ro_said(pass, "tré")) {
            ro_cut(pass, strlen("é"));
            norm_join(pass, "e");
        }
        norm_join(pass, "mila");
    } else if (value >= 1000) {
        norm_say(pass, "mille");
    }
    if (value % 1000)
        say_below_1000(pass, value % 1000);
}

const char *it_one_before(const char *noun, size_t length, bool feminine)
{
    const char first = (char)(noun[0] | 0x20), second = length > 1 ? (char)(noun[1] | 0x20) : '\0';
    const bool vowel = strchr("aeiou", first) || first == 'h';
    const bool impure = first == 'z' || first == 'x' || first == 'y' || (first == 's' && !strchr("aeiou", second)) ||
                        (first == 'g' && second == 'n') || (first == 'p' && (second == 's' || second == 'n'));
    if (feminine)
        return vowel ? "un'" : "una ";
    return impure ? "uno " : "un ";
}

/* ---- ordinals ---- */

void it_ordinal(struct norm_pass *pass, const char *digits, size_t n, enum ro_form form)
{
    static const char *const first[] = {"zeresim", "prim",   "second", "terz", "quart", "quint",
                                        "sest",    "settim", "ottav",  "non",  "decim"};
    const unsigned value = n <= 2 ? ro_read_digits(digits, n) : 11;
    if (value <= 10) {
        norm_say(pass, first[value]);
    } else {
        ro_say_whole(pass, digits, n, RO_ALONE);
        if (ro_said(pass, "tré")) {
            ro_cut(pass, strlen("é"));
            norm_join(pass, "e");
        } else if (ro_said(pass, "mila")) {
            ro_cut(pass, strlen("ila"));
            norm_join(pass, "ill");
        } else if (!ro_said(pass, "sei") && !ro_said(pass, " tre")) {
            ro_cut(pass, 1);
        }
        norm_join(pass, "esim");
    }
    norm_join(pass, form == RO_FEMININE ? "a" : "o");
}

void it_fraction(struct norm_pass *pass, unsigned above, unsigned below, enum ro_form form)
{
    if (below == 2) {
        if (above == 1 && form != RO_ALONE) {
            norm_say(pass, form == RO_FEMININE ? "mezza" : "mezzo");
            return;
        }
        ro_say_value(pass, above, RO_MASCULINE);
        norm_say(pass, above == 1 ? "mezzo" : "mezzi");
        return;
    }
    ro_say_value(pass, above, RO_MASCULINE);
    ro_say_ordinal(pass, below, RO_MASCULINE);
    if (above > 1) {
        ro_cut(pass, 1);
        norm_join(pass, "i");
    }
}

/* ---- nouns ---- */

bool it_is_noun(const struct norm_pass *pass, size_t i)
{
    static const char others[] =
        "e|ed|o|od|a|ad|al|allo|alla|ai|agli|alle|di|del|dello|della|dei|degli|delle|da|dal|dallo|dalla|dai|dagli|"
        "dalle|in|nel|nello|nella|nei|negli|nelle|con|su|sul|sullo|sulla|sui|sugli|sulle|per|tra|fra|il|lo|la|i|gli|"
        "le|un|uno|una|è|sono|era|erano|fu|furono|sarà|saranno|ha|hanno|aveva|avevano|che|chi|cui|quando|dove|come|ma|"
        "però|né|se|si|non|più|meno|già|anche|molto|ancora|solo|mille|mila|milione|milioni|miliardo|miliardi|gennaio|"
        "febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre|può|possono|deve|"
        "devono|viene|va|vale|costa|bis|oggi|ieri|domani|qui|così|perché|mentre|poi|dopo|prima|ogni|per|versus|"
        "secondo|contro|senza|verso|fino|circa|x|h|entro|oltre|nacque|morì|inizia|finisce|parte|arriva|uscì|vinse|"
        "compreso|inclusa|resta|restano|quindi|invece|infatti|dice|disse|fa|ne|ci|mi|ti|vi";
    const struct norm_token *const token = norm_at(pass, i);
    return token->lower && token->length > 1 && !memchr(norm_text(pass, i), '\'', token->length) &&
           !norm_in_list(pass, i, others);
}

bool it_is_feminine(const struct norm_pass *pass, size_t i)
{
    static const char feminine[] = "mano|mani|foto|moto|auto|radio|notte|notti|parte|parti|classe|classi|chiave|chiavi|"
                                   "moglie|mogli|madre|madri|morte|"
                                   "nube|nubi|nave|navi|torre|torri|carne|fase|fasi|base|basi|frase|frasi|serie|specie|"
                                   "sede|sedi|rete|reti|legge|leggi|"
                                   "luce|luci|voce|voci|croce|croci|immagine|immagini|pelle|gente|mente|lente|parete|"
                                   "pareti|fonte|fonti|volpe|opera|"
                                   "superficie|arte|arti|pace|neve|febbre|estate|crisi|tesi|analisi|ipotesi|sintesi|"
                                   "dose|dosi|attrice|città|virtù|gioventù|"
                                   "canzone|canzoni|lezione|pagine|ore|donne|ragazze|persone|volte|settimane|sorella|"
                                   "direzione|ragione|regione|stagione|"
                                   "stazione|occasione|prigione|opinione|unione|riunione|questione|tensione|pensione|"
                                   "guerra|automobile|automobili|valle|"
                                   "valli|nazione|chiesa|origine|vite|sete|fame|fine|indagine|indagini|grandine|"
                                   "polvere|cenere|cornice|radice|radici";
    static const char endings[] =
        "a|zione|zioni|sione|sioni|gione|gioni|tà|tù|trice|trici|tudine|tudini|ice|ici|iera|ie";
    static const char masculine[] =
        "problema|sistema|programma|tema|clima|pianeta|poema|dramma|telegramma|diagramma|schema|teorema|sintomo|"
        "dilemma|pigiama|papa|aroma|atleta|poeta|collega|fantasma|cinema|diploma|panorama|trauma|enigma|prisma|"
        "emblema|delta|gorilla|boa|sofà|papà|kilogramma|chilogramma|grammo|duca|patriarca|monarca|gesuita|pirata|"
        "indice|indici|codice|codici|giudice|giudici|amici|nemici|medici|calice|vertice|vertici|pollice|pollici|"
        "complice|medico|pacifici";
    if (norm_in_list(pass, i, feminine))
        return true;
    return ro_ends_with(pass, i, endings) && !ro_ends_with(pass, i, "ista|cida") && !norm_in_list(pass, i, masculine);
}
