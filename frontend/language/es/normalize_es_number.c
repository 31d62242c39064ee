/* Spanish numbers: how they are built, what they agree with, ordinals, fractions. */
#include "normalize_es.h"

#include <string.h>

static const char *const ones[] = {
    "",           "uno",         "dos",        "tres",         "cuatro",      "cinco",      "seis",
    "siete",      "ocho",        "nueve",      "diez",         "once",        "doce",       "trece",
    "catorce",    "quince",      "dieciséis",  "diecisiete",   "dieciocho",   "diecinueve", "veinte",
    "veintiuno",  "veintidós",   "veintitrés", "veinticuatro", "veinticinco", "veintiséis", "veintisiete",
    "veintiocho", "veintinueve",
};

static const char *const tens[] = {"",          "",        "",        "treinta", "cuarenta",
                                   "cincuenta", "sesenta", "setenta", "ochenta", "noventa"};

/* Without their last vowels: "-os", "-as". */
static const char *const hundreds[] = {
    "", "", "doscient", "trescient", "cuatrocient", "quinient", "seiscient", "setecient", "ochocient", "novecient",
};

const char *const es_scales[][2] = {
    {"millón", "millones"},         {"billón", "billones"},         {"trillón", "trillones"},
    {"cuatrillón", "cuatrillones"}, {"quintillón", "quintillones"}, {"sextillón", "sextillones"},
};

/* "uno", "un" or "una" at the end of a number. */
static void say_below_100(struct norm_pass *pass, unsigned value, enum ro_form form)
{
    const bool one = value % 10 == 1 && value != 11;
    if (value >= 30) {
        norm_say(pass, tens[value / 10]);
        if (value % 10)
            norm_say(pass, "y");
    }
    if (value < 30)
        norm_say(pass, value == 21 && form == RO_MASCULINE ? "veintiún" : ones[value]);
    else if (value % 10)
        norm_say(pass, ones[value % 10]);
    if (!one || form == RO_ALONE || (value == 21 && form == RO_MASCULINE))
        return;
    ro_cut(pass, 1);
    norm_join(pass, form == RO_FEMININE ? "a" : "");
}

static void say_below_1000(struct norm_pass *pass, unsigned value, enum ro_form form, enum ro_form last)
{
    if (value >= 200) {
        norm_say(pass, hundreds[value / 100]);
        norm_join(pass, form == RO_FEMININE ? "as" : "os");
    } else if (value >= 100) {
        norm_say(pass, value == 100 ? "cien" : "ciento");
    }
    if (value % 100)
        say_below_100(pass, value % 100, last);
}

void es_below_million(struct norm_pass *pass, unsigned value, enum ro_form form)
{
    if (value >= 2000)
        say_below_1000(pass, value / 1000, form, RO_MASCULINE);
    if (value >= 1000)
        norm_say(pass, "mil");
    if (value % 1000)
        say_below_1000(pass, value % 1000, form, form);
}

/* ---- ordinals ---- */

/* Without their last vowel. */
static const char *const one_ordinals[] = {
    "",       "primer", "segund", "tercer", "cuart",   "quint",    "sext",
    "séptim", "octav",  "noven",  "décim",  "undécim", "duodécim",
};

static const char *const ten_ordinals[] = {
    "",          "decimo",      "vigésim",   "trigésim",  "cuadragésim", "quincuagésim",
    "sexagésim", "septuagésim", "octogésim", "nonagésim",
};

static const char *const hundred_ordinals[] = {
    "",
    "centésim",
    "ducentésim",
    "tricentésim",
    "cuadringentésim",
    "quingentésim",
    "sexcentésim",
    "septingentésim",
    "octingentésim",
    "noningentésim",
};

/* "primer libro", "primero", "primera"; `joined` to what is written. */
static void end_ordinal(struct norm_pass *pass, const char *stem, enum ro_form form, bool joined)
{
    const bool short_form = form == RO_MASCULINE && (strcmp(stem, "primer") == 0 || strcmp(stem, "tercer") == 0);
    if (joined && stem[0] == 'o')
        ro_cut(pass, 1); /* "decimoctavo" */
    if (joined)
        norm_join(pass, stem);
    else
        norm_say(pass, stem);
    norm_join(pass, short_form ? "" : form == RO_FEMININE ? "a" : "o");
}

void es_ordinal(struct norm_pass *pass, const char *digits, size_t n, enum ro_form form)
{
    const unsigned value = n <= 6 ? ro_read_digits(digits, n) : 0;
    if (n == 7 && memcmp(digits, "1000000", 7) == 0) {
        end_ordinal(pass, "millonésim", form, false);
        return;
    }
    if (!value || (value > 9999 && value % 1000)) {
        ro_say_whole(pass, digits, n, form);
        return;
    }
    if (value >= 2000)
        es_below_million(pass, value / 1000, RO_MASCULINE);
    if (value >= 1000)
        end_ordinal(pass, "milésim", form == RO_FEMININE ? form : RO_ALONE, value >= 2000);
    if (value / 100 % 10)
        end_ordinal(pass, hundred_ordinals[value / 100 % 10], form == RO_FEMININE ? form : RO_ALONE, false);
    const unsigned rest = value % 100;
    if (rest >= 1 && rest <= 12)
        end_ordinal(pass, one_ordinals[rest], form, false);
    if (rest >= 13 && rest < 20) {
        norm_say(pass, ten_ordinals[1]);
        end_ordinal(pass, one_ordinals[rest % 10], form, true);
    } else if (rest >= 20) {
        end_ordinal(pass, ten_ordinals[rest / 10], form == RO_FEMININE ? form : RO_ALONE, false);
        if (rest % 10)
            end_ordinal(pass, one_ordinals[rest % 10], form, false);
    }
}

void es_fraction(struct norm_pass *pass, unsigned above, unsigned below, enum ro_form form)
{
    static const char *const names[] = {"medio",   "tercio", "cuarto", "quinto", "sexto",
                                        "séptimo", "octavo", "noveno", "décimo"};
    if (below == 2 && above == 1 && form != RO_ALONE) {
        norm_say(pass, form == RO_FEMININE ? "media" : "medio");
        return;
    }
    ro_say_value(pass, above, RO_MASCULINE);
    norm_say(pass, below == 1000 ? "milésimo" : below == 100 ? "centésimo" : names[below - 2]);
    norm_join(pass, above > 1 ? "s" : "");
}

/* "1er", "3.er", "3ra", "2do", "5to", "7mo": as Latin America writes them. */
size_t es_rule_ordinal(struct norm_pass *pass, size_t i)
{
    const long value = norm_value(pass, i, 4);
    const size_t next = i + 1 + norm_touching_symbol(pass, i + 1, '.');
    if (value < 1 || !norm_touching_kind(pass, next, NORM_WORD) || !ro_is_free(pass, i))
        return 0;
    const bool short_form = norm_in_list(pass, next, "er");
    if (!short_form && !norm_in_list(pass, next, "ero|ro|do|to|mo|vo|no|era|ra|da|ta|ma|va|na"))
        return 0;
    ro_say_ordinal(pass, (unsigned)value,
                   short_form                      ? RO_MASCULINE
                   : ro_word_ends(pass, next, "a") ? RO_FEMININE
                                                   : RO_ALONE);
    return next + 1 - i;
}

/* ---- nouns ---- */

bool es_is_noun(const struct norm_pass *pass, size_t i)
{
    static const char others[] =
        "y|e|o|u|a|al|de|del|en|con|sin|por|para|sobre|bajo|ante|tras|entre|hasta|desde|hacia|según|contra|durante|es|"
        "son|era|eran|fue|fueron|será|serán|ha|han|había|habían|hay|hubo|está|están|estaba|puede|pueden|debe|deben|"
        "que|quien|cuando|donde|como|pero|sino|ni|si|se|no|lo|la|las|el|los|un|una|unos|unas|le|les|me|te|nos|su|sus|"
        "mi|tu|más|menos|ya|también|muy|aún|todavía|solo|sólo|mil|millón|millones|enero|febrero|marzo|abril|mayo|"
        "junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|tiene|tenía|viene|va|vale|cuesta|bis|"
        "frente|ahora|hoy|ayer|mañana|aquí|allí|así|porque|aunque|mientras|pues|luego|después|antes|cada|x|h|versus|"
        "dice|dijo|hace|queda|quedan|nació|murió|empezó|comenzó|terminó|llegó|salió|ganó|incluye|incluido|izq|izda|"
        "dcha|aproximadamente";
    const struct norm_token *const token = norm_at(pass, i);
    return token->lower && token->length > 1 && !norm_in_list(pass, i, others);
}

bool es_is_feminine(const struct norm_pass *pass, size_t i)
{
    static const char feminine[] =
        "mano|manos|foto|fotos|moto|motos|noche|noches|tarde|tardes|parte|partes|clase|clases|calle|calles|llave|"
        "llaves|vez|veces|mujer|mujeres|muerte|muertes|nube|nubes|nave|naves|torre|torres|leche|carne|fase|fases|base|"
        "bases|frase|frases|serie|series|especie|especies|sede|sedes|red|redes|ley|leyes|flor|flores|luz|luces|voz|"
        "voces|cruz|cruces|imagen|imágenes|señal|señales|piel|cárcel|labor|labores|crisis|tesis|dosis|hipótesis|sal|"
        "sales|fuente|fuentes|gente|suerte|mente|lente|pared|paredes|sangre|superficie|superficies|catástrofe|aves|"
        "ave|clave|claves|tribu|tribus|pirámide|pirámides|radio|radios|llamada|orden|órdenes|razón|razones|nariz|raíz|"
        "raíces|perdiz|cicatriz|actriz|actrices|estación|base|costumbre|cumbre|legumbre|legumbres|página|sílaba";
    static const char endings[] =
        "a|as|ción|ciones|sión|siones|xión|xiones|gión|giones|dad|dades|tad|tades|tud|tudes|umbre|"
        "umbres|triz|trices|ez|eces";
    static const char masculine[] =
        "día|días|mapa|mapas|problema|problemas|sistema|sistemas|programa|programas|tema|temas|idioma|idiomas|clima|"
        "climas|planeta|planetas|poema|poemas|drama|dramas|telegrama|telegramas|diagrama|diagramas|esquema|esquemas|"
        "teorema|teoremas|síntoma|síntomas|dilema|dilemas|lema|lemas|pijama|pijamas|sofá|sofás|tranvía|tranvías|papa|"
        "aroma|aromas|atleta|atletas|poeta|poetas|colega|colegas|fantasma|fantasmas|cura|guardia|guardias|policía|"
        "policías|cometa|panorama|crucigrama|crucigramas|plasma|trauma|traumas|juez|jueces|pez|peces|ajedrez|diez|gas|"
        "gorila|gorilas|axioma|axiomas|carisma|dogma|dogmas|enigma|enigmas|estigma|prisma|prismas|reúma|asma|"
        "kilograma|emblema|emblemas|camarada|camaradas|belga|belgas|indígena|indígenas|demócrata|demócratas|pirata|"
        "piratas|mes|dálmata|dálmatas|lunes|martes|jueves|viernes|atlas|paraguas|déjà";
    if (norm_in_list(pass, i, feminine))
        return true;
    return ro_ends_with(pass, i, endings) && !ro_ends_with(pass, i, "ista|istas|cidas") &&
           !norm_in_list(pass, i, masculine);
}
