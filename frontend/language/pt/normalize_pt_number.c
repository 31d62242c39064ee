/* Portuguese numbers, as in Brazil: how they are built, what they agree with, ordinals, fractions. */
#include "normalize_pt.h"

#include <string.h>

static const char *const ones[] = {
    "",    "um",   "dois", "três",  "quatro",   "cinco",  "seis",      "sete",      "oito",    "nove",
    "dez", "onze", "doze", "treze", "quatorze", "quinze", "dezesseis", "dezessete", "dezoito", "dezenove",
};

static const char *const tens[] = {
    "", "", "vinte", "trinta", "quarenta", "cinquenta", "sessenta", "setenta", "oitenta", "noventa",
};

/* Without their last vowels: "-os", "-as". */
static const char *const hundreds[] = {
    "", "", "duzent", "trezent", "quatrocent", "quinhent", "seiscent", "setecent", "oitocent", "novecent",
};

const char *const pt_scales[][2] = {
    {"milhão", "milhões"},         {"bilhão", "bilhões"},         {"trilhão", "trilhões"},
    {"quatrilhão", "quatrilhões"}, {"quintilhão", "quintilhões"}, {"sextilhão", "sextilhões"},
    {"septilhão", "septilhões"},   {"octilhão", "octilhões"},     {"nonilhão", "nonilhões"},
    {"decilhão", "decilhões"},     {"undecilhão", "undecilhões"},
};

static void say_one(struct norm_pass *pass, unsigned value, enum ro_form form)
{
    const bool feminine = form == RO_FEMININE;
    norm_say(pass, value == 1 && feminine ? "uma" : value == 2 && feminine ? "duas" : ones[value]);
}

static void say_below_1000(struct norm_pass *pass, unsigned value, enum ro_form form)
{
    const unsigned rest = value % 100;
    if (value >= 200) {
        norm_say(pass, hundreds[value / 100]);
        norm_join(pass, form == RO_FEMININE ? "as" : "os");
    } else if (value >= 100) {
        norm_say(pass, value == 100 ? "cem" : "cento");
    }
    if (rest && value > 100)
        norm_say(pass, "e");
    if (rest >= 20)
        norm_say(pass, tens[rest / 10]);
    if (rest >= 20 && rest % 10)
        norm_say(pass, "e");
    if (rest && (rest < 20 || rest % 10))
        say_one(pass, rest < 20 ? rest : rest % 10, form);
}

void pt_below_million(struct norm_pass *pass, unsigned value, enum ro_form form)
{
    const unsigned rest = value % 1000;
    if (value >= 2000)
        say_below_1000(pass, value / 1000, form);
    if (value >= 1000)
        norm_say(pass, "mil");
    if (value >= 1000 && rest && (rest < 100 || rest % 100 == 0))
        norm_say(pass, "e");
    if (rest)
        say_below_1000(pass, rest, form);
}

/* ---- ordinals ---- */

/* Without their last vowel. */
static const char *const one_ordinals[] = {"",      "primeir", "segund", "terceir", "quart",
                                           "quint", "sext",    "sétim",  "oitav",   "non"};
static const char *const ten_ordinals[] = {
    "",          "décim",       "vigésim",   "trigésim",  "quadragésim", "quinquagésim",
    "sexagésim", "septuagésim", "octogésim", "nonagésim",
};
static const char *const hundred_ordinals[] = {
    "",
    "centésim",
    "ducentésim",
    "trecentésim",
    "quadringentésim",
    "quingentésim",
    "sexcentésim",
    "septingentésim",
    "octingentésim",
    "nongentésim",
};

static void say_stem(struct norm_pass *pass, const char *stem, enum ro_form form)
{
    if (!*stem)
        return;
    norm_say(pass, stem);
    norm_join(pass, form == RO_FEMININE ? "a" : "o");
}

void pt_ordinal(struct norm_pass *pass, const char *digits, size_t n, enum ro_form form)
{
    const unsigned value = n <= 6 ? ro_read_digits(digits, n) : 0;
    if (n == 7 && memcmp(digits, "1000000", 7) == 0) {
        say_stem(pass, "milionésim", form);
        return;
    }
    if (!value || (value > 9999 && value % 1000)) {
        ro_say_whole(pass, digits, n, form);
        return;
    }
    if (value >= 2000)
        pt_below_million(pass, value / 1000, form);
    if (value >= 1000)
        say_stem(pass, "milésim", form);
    say_stem(pass, hundred_ordinals[value / 100 % 10], form);
    say_stem(pass, ten_ordinals[value / 10 % 10], form);
    say_stem(pass, one_ordinals[value % 10], form);
}

void pt_fraction(struct norm_pass *pass, unsigned above, unsigned below, enum ro_form form)
{
    static const char *const names[] = {"meio",   "terço",  "quarto", "quinto", "sexto",
                                        "sétimo", "oitavo", "nono",   "décimo"};
    if (below == 2 && above == 1 && form != RO_ALONE) {
        norm_say(pass, form == RO_FEMININE ? "meia" : "meio");
        return;
    }
    ro_say_value(pass, above, RO_MASCULINE);
    norm_say(pass, below == 1000 ? "milésimo" : below == 100 ? "centésimo" : names[below - 2]);
    norm_join(pass, above > 1 ? "s" : "");
}

/* ---- nouns ---- */

bool pt_is_noun(const struct norm_pass *pass, size_t i)
{
    static const char others[] = "e|ou|a|ao|aos|à|às|de|do|da|dos|das|em|no|na|nos|nas|num|numa|com|sem|por|pelo|pela|"
                                 "pelos|pelas|para|pra|sobre|sob|"
                                 "entre|até|desde|após|contra|durante|é|são|era|eram|foi|foram|será|serão|está|estão|"
                                 "estava|há|havia|tem|têm|tinha|"
                                 "pode|podem|deve|devem|que|quem|quando|onde|como|mas|porém|nem|se|não|o|os|as|um|uma|"
                                 "uns|umas|mais|menos|já|também|"
                                 "muito|ainda|só|apenas|mil|milhão|milhões|bilhão|bilhões|trilhão|trilhões|janeiro|"
                                 "fevereiro|março|abril|maio|junho|"
                                 "julho|agosto|setembro|outubro|novembro|dezembro|vem|vai|vale|custa|bis|agora|hoje|"
                                 "ontem|amanhã|aqui|ali|assim|porque|"
                                 "enquanto|pois|depois|antes|cada|segundo|conforme|x|h|versus|disse|diz|faz|fica|ficam|"
                                 "nasceu|morreu|começou|terminou|"
                                 "chegou|saiu|ganhou|inclui|incluindo|aproximadamente|seu|sua|seus|suas|me|lhe|frente";
    const struct norm_token *const token = norm_at(pass, i);
    return token->lower && token->length > 1 && !norm_in_list(pass, i, others);
}

bool pt_is_feminine(const struct norm_pass *pass, size_t i)
{
    static const char feminine[] = "mão|mãos|foto|fotos|moto|motos|noite|noites|tarde|tardes|parte|partes|classe|"
                                   "classes|chave|chaves|vez|vezes|mulher|"
                                   "mulheres|morte|mortes|nuvem|nuvens|nave|naves|torre|torres|carne|fase|fases|base|"
                                   "bases|frase|frases|série|séries|"
                                   "espécie|espécies|sede|sedes|rede|redes|lei|leis|flor|flores|luz|luzes|voz|vozes|"
                                   "cruz|cruzes|cor|cores|dor|dores|pele|"
                                   "gente|mente|parede|paredes|fonte|fontes|ponte|pontes|sorte|ordem|ordens|crise|"
                                   "crises|análise|análises|tese|teses|dose|"
                                   "doses|hipótese|árvore|árvores|mãe|mães|irmã|irmãs|maçã|maçãs|manhã|manhãs|colher|"
                                   "colheres|raiz|raízes|cicatriz|atriz|"
                                   "atrizes|tribo|tribos|nave|lente|lentes|febre|neve|chave|rádio|superfície|"
                                   "superfícies|fé|ré|avó|avós|libra|opinião|"
                                   "opiniões|região|regiões|união|reunião|reuniões|razão|razões|estação|mansão|"
                                   "televisão|pressão|profissão|sessão|sessões";
    static const char endings[] = "a|as|ção|ções|são|sões|dade|dades|gem|gens|tude|tudes|ície|triz|trizes|ez|ice|ices";
    static const char masculine[] =
        "dia|dias|mapa|mapas|problema|problemas|sistema|sistemas|programa|programas|tema|temas|idioma|idiomas|clima|"
        "climas|planeta|planetas|poema|poemas|drama|dramas|grama|gramas|quilograma|quilogramas|miligrama|miligramas|"
        "telegrama|diagrama|diagramas|esquema|esquemas|teorema|sintoma|sintomas|dilema|lema|lemas|pijama|pijamas|sofá|"
        "sofás|papa|aroma|aromas|atleta|atletas|poeta|poetas|colega|colegas|fantasma|fantasmas|guarda|guardas|cometa|"
        "cometas|cinema|cinemas|diploma|diplomas|panorama|trauma|traumas|enigma|enigmas|prisma|carisma|gorila|gorilas|"
        "juiz|juízes|gás|mês|lápis|ônibus|personagem|personagens|homem|homens|jovem|jovens|item|itens|trem|trens|bem|"
        "bens|xadrez|índice|índices|crachá|crachás|guaraná|camarada|patriota|pirata|piratas|delta|dez|pirata|maracujá|"
        "vice|mas|apêndice|cálice";
    if (norm_in_list(pass, i, feminine))
        return true;
    return ro_ends_with(pass, i, endings) && !ro_ends_with(pass, i, "ista|istas|cida|cidas") &&
           !norm_in_list(pass, i, masculine);
}
