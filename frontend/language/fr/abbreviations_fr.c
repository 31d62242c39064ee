/* French abbreviations, and words that start sentences. See abbreviations.h. */
#include "normalize_fr.h"

const struct fe_abbreviations fr_abbreviations = {
    .titles = "adj|adv|anc|ap|appt|apr|av|bât|boul|bull|c.-à-d|c|cf|chap|coll|coord|dép|dir|dr|éd|env|ex|fém|fig|hab|"
              "ibid|ill|introd|j|j.-c|lun|mar|masc|me|mgr|mlle|mm|mme|op|p.-s|par|pl|plur|pr|prof|réf|resp|sam|sing|"
              "st|ste|tél|tel|trad|ven|vol|vs",
    .numbered = "al|art|ch|dim|jeu|mer|no|nos|p|pp|t|tab",
    .anywhere = "avr|cie|déc|fév|févr|inc|janv|juil|ltd|nov|oct|sept|sté|s.v.p|r.d.v",
    .closing = "etc|h|hab|max|min|s|sec|suiv",
    .starters = "après|au|aucun|aujourd|aussi|avant|avec|bien|c|car|ce|cela|celui|ces|cet|cette|chaque|comme|d|dans|"
                "demain|depuis|des|deux|donc|du|elle|elles|en|enfin|ensuite|et|hier|il|ils|ici|je|l|la|le|les|leur|"
                "lors|mais|malgré|mon|ne|nos|notre|nous|on|or|où|par|parfois|pendant|personne|pour|pourquoi|puis|qu|"
                "quand|que|quel|quelle|qui|rien|s|sa|sans|se|selon|ses|si|son|sous|sur|tous|tout|toute|toutes|trois|"
                "tu|un|une|voici|voilà|vos|votre|vous|y",
    .unfinished = "à|au|aux|avec|ce|cette|chez|dans|de|des|dr|du|elle|en|est|et|il|la|le|les|leur|mais|mme|ne|nous|on|"
                  "ou|par|pour|que|qui|sa|sans|ses|son|sont|sous|sur|un|une|vous",
    .time_words = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
    .joints = "car|donc|dont|et|lorsque|mais|or|où|ou|parce|puis|quand|que|qui|si",
};
