/* XHTML and the XML of EPUBs (package document, container), by libxml2: the only file that includes it. Nothing is ever
 * fetched, no entity is replaced but HTML's and XML's own.
 *
 * EPUB 3.3: https://www.w3.org/TR/epub-33/ (container.xml names the package document; its spine the documents in
 * order). */
#define _XOPEN_SOURCE 700 /* strdup() */

#include "book/bk_archive.h"
#include "book/bk_book.h"

#include "linnet.h"
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define XML_FLAGS (XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_RECOVER)
#define HTML_FLAGS (HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_RECOVER)
#define MAX_DEPTH 200 /* of elements; what is deeper is left out */
#define MAX_TITLE 400

static bool is_one_of(const char *word, const char *const *list)
{
    for (; *list; list++)
        if (!strcasecmp(word, *list))
            return true;
    return false;
}

static bool is_element(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && !strcasecmp((const char *)node->name, name);
}

/* Whether an attribute, whatever its prefix, has a word. */
static bool has_word(const xmlNode *node, const char *attribute, const char *word)
{
    const size_t length = strlen(word);
    for (const xmlAttr *a = node->properties; a; a = a->next) {
        const char *const name = (const char *)a->name, *const colon = strrchr(name, ':');
        if (strcasecmp(colon ? colon + 1 : name, attribute) || !a->children || !a->children->content)
            continue;
        for (const char *at = (const char *)a->children->content; (at = strstr(at, word)); at += length)
            if ((at == (const char *)a->children->content || at[-1] == ' ') && (at[length] == ' ' || !at[length]))
                return true;
    }
    return false;
}

/* ---- a document's text ------------------------------------------------------------------------------------------- */

/* The text of a block while it is gathered: white space is one space. */
struct gather {
    struct bk_book *book;
    struct base_buffer text;
    bool failed;
};

static void put(struct gather *g, const char *text, size_t n)
{
    g->failed |= !base_buffer_add(&g->text, text, n);
}

static void put_space(struct gather *g)
{
    if (g->text.length > 0 && g->text.data[g->text.length - 1] != ' ' && g->text.data[g->text.length - 1] != '\n')
        put(g, " ", 1);
}

static void put_words(struct gather *g, const char *text)
{
    static const char spaces[] = " \t\r\n";
    while (*text) {
        const size_t gap = strspn(text, spaces), word = strcspn(text + gap, spaces);
        if (gap > 0)
            put_space(g);
        put(g, text + gap, word);
        text += gap + word;
    }
}

static void trim(struct gather *g)
{
    while (g->text.length > 0 && (g->text.data[g->text.length - 1] == ' ' || g->text.data[g->text.length - 1] == '\n'))
        base_buffer_cut(&g->text, g->text.length - 1);
}

/* Ends a block: its text goes to the chapter. */
static void flush(struct gather *g)
{
    trim(g);
    if (g->text.length > 0) {
        put(g, "\n\n", 2);
        g->failed |= bk_book_add(g->book, g->text.data, g->text.length, NULL) != LINNET_OK;
    }
    base_buffer_cut(&g->text, 0);
}

/* Notes, their marks, navigation and what isn't text. */
static bool is_silent(const xmlNode *node)
{
    static const char *const elements[] = {
        "script", "style", "head",   "nav", "template", "audio",      "video",          "svg", "object",
        "iframe", "form",  "button", "rt",  "rp",       "annotation", "annotation-xml", NULL};
    static const char *const types[] = {"noteref",   "footnote",  "footnotes", "endnote",   "endnotes",  "rearnote",
                                        "rearnotes", "pagebreak", "toc",       "page-list", "landmarks", NULL};
    static const char *const classes[] = {"footnote-ref", "footnotes", "footnote", "footnote-back",
                                          "noteref",      "pagenum",   NULL};
    static const char *const roles[] = {"doc-noteref",  "doc-footnote",  "doc-endnotes", "doc-endnote",
                                        "doc-backlink", "doc-pagebreak", "doc-toc",      NULL};
    if (is_one_of((const char *)node->name, elements) || has_word(node, "aria-hidden", "true"))
        return true;
    for (size_t i = 0; types[i]; i++)
        if (has_word(node, "type", types[i]))
            return true;
    for (size_t i = 0; classes[i]; i++)
        if (has_word(node, "class", classes[i]))
            return true;
    for (size_t i = 0; roles[i]; i++)
        if (has_word(node, "role", roles[i]))
            return true;
    for (const xmlAttr *a = node->properties; a; a = a->next)
        if (!strcasecmp((const char *)a->name, "hidden"))
            return true;
    return false;
}

/* <sup><a href="#...">: a note's mark that nothing else tells. */
static bool is_note_mark(const xmlNode *node)
{
    const xmlNode *child = node->children;
    return is_element(node, "sup") && child && !child->next && is_element(child, "a") &&
           xmlHasProp((xmlNode *)(uintptr_t)child, BAD_CAST "href");
}

static bool is_block(const xmlNode *node)
{
    static const char *const blocks[] = {
        "p",       "div",     "section", "article", "blockquote", "li",     "ul",     "ol",   "dl",    "dt",   "dd",
        "table",   "tr",      "pre",     "figure",  "figcaption", "header", "footer", "main", "aside", "body", "hr",
        "address", "caption", "h1",      "h2",      "h3",         "h4",     "h5",     "h6",   NULL};
    return is_one_of((const char *)node->name, blocks);
}

/* Numbers, letters and signs of MathML; its annotations are silent. */
static bool is_of_formula(const xmlNode *node)
{
    static const char *const tokens[] = {"mi", "mn", "mo", "mtext", NULL};
    return is_one_of((const char *)node->name, tokens);
}

/* 1 ... 6; 0: no heading. */
static int heading_level(const xmlNode *node)
{
    const char *const name = (const char *)node->name;
    return (name[0] == 'h' || name[0] == 'H') && name[1] >= '1' && name[1] <= '6' && !name[2] ? name[1] - '0' : 0;
}

static void walk(struct gather *g, const xmlNode *node, int depth);

static void walk_children(struct gather *g, const xmlNode *node, int depth)
{
    for (const xmlNode *child = node->children; child && !g->failed; child = child->next)
        walk(g, child, depth + 1);
}

/* A heading's words are the chapter's title and its first paragraph. */
static void walk_heading(struct gather *g, const xmlNode *node, int depth)
{
    flush(g);
    walk_children(g, node, depth);
    trim(g);
    if (g->text.length > 0 && heading_level(node) <= 2) {
        char title[MAX_TITLE];
        size_t n = g->text.length < sizeof title ? g->text.length : sizeof title - 1;
        while (n > 0 && n < g->text.length && ((unsigned char)g->text.data[n] & 0xC0) == 0x80)
            n--; /* whole characters */
        memcpy(title, g->text.data, n);
        title[n] = '\0';
        g->failed |= bk_book_begin(g->book, title, NULL) != LINNET_OK;
    }
    flush(g);
}

static void walk_picture(struct gather *g, const xmlNode *node)
{
    xmlChar *const alt = xmlGetProp((xmlNode *)(uintptr_t)node, BAD_CAST "alt");
    if (alt && *alt) {
        put_space(g);
        put_words(g, (const char *)alt);
    }
    xmlFree(alt);
}

static void walk(struct gather *g, const xmlNode *node, int depth)
{
    if (depth > MAX_DEPTH)
        return;
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
        put_words(g, (const char *)node->content);
        return;
    }
    if (node->type != XML_ELEMENT_NODE || is_silent(node) || is_note_mark(node))
        return;
    if (heading_level(node)) {
        walk_heading(g, node, depth);
    } else if (is_element(node, "br")) {
        put(g, "\n", 1);
    } else if (is_element(node, "img")) {
        walk_picture(g, node);
    } else if (is_element(node, "td") || is_element(node, "th")) {
        walk_children(g, node, depth);
        trim(g);
        if (xmlNextElementSibling((xmlNode *)(uintptr_t)node))
            put(g, ", ", 2);
    } else if (is_of_formula(node)) {
        put_space(g);
        walk_children(g, node, depth);
    } else {
        if (is_block(node))
            flush(g);
        walk_children(g, node, depth);
        if (is_block(node))
            flush(g);
    }
}

int bk_html_read(struct bk_book *book, const char *html, size_t size, struct base_error *err)
{
    struct gather g = {.book = book};
    xmlDoc *document =
        size < (size_t)1 << 30 ? xmlReadMemory(html, (int)size, NULL, NULL, XML_FLAGS & ~XML_PARSE_RECOVER) : NULL;
    if (!document) /* not well-formed: HTML's parser takes anything */
        document = htmlReadMemory(html, (int)size, NULL, "UTF-8", HTML_FLAGS);
    const xmlNode *const root = document ? xmlDocGetRootElement(document) : NULL;
    if (root)
        walk(&g, root, 0);
    flush(&g);
    base_buffer_free(&g.text);
    xmlFreeDoc(document);
    return g.failed ? base_fail(err, LINNET_ERR_MEMORY, "out of memory") : LINNET_OK;
}

/* ---- EPUB -------------------------------------------------------------------------------------------------------- */

/* The first element of this name below a node, in the document's order. */
static xmlNode *find(xmlNode *node, const char *name, int depth)
{
    for (xmlNode *child = node ? node->children : NULL; child && depth < MAX_DEPTH; child = child->next) {
        if (is_element(child, name))
            return child;
        xmlNode *const found = find(child, name, depth + 1);
        if (found)
            return found;
    }
    return NULL;
}

static char *content_of(xmlNode *node)
{
    xmlChar *const text = node ? xmlNodeGetContent(node) : NULL;
    char *const copy = text && *text ? strdup((const char *)text) : NULL;
    xmlFree(text);
    return copy;
}

/* An entry of the manifest, by an attribute's value. */
static xmlNode *item_with(xmlNode *manifest, const char *attribute, const char *value)
{
    for (xmlNode *item = manifest ? manifest->children : NULL; item; item = item->next) {
        xmlChar *const text = is_element(item, "item") ? xmlGetProp(item, BAD_CAST attribute) : NULL;
        const bool same = text && !strcmp((const char *)text, value);
        xmlFree(text);
        if (same)
            return item;
    }
    return NULL;
}

static const struct bk_file *file_of(const struct bk_archive *archive, const char *package, xmlNode *item)
{
    xmlChar *const href = item ? xmlGetProp(item, BAD_CAST "href") : NULL;
    const struct bk_file *const file = href ? bk_archive_resolve(archive, package, (const char *)href) : NULL;
    xmlFree(href);
    return file;
}

static bool is_picture(const struct bk_file *file)
{
    return file->size > 8 && (!memcmp(file->data, "\xFF\xD8\xFF", 3) || !memcmp(file->data, "\x89PNG\r\n\x1A\n", 8));
}

/* EPUB 3 marks the cover in the manifest, EPUB 2 by <meta name="cover" content="ID">. */
static xmlNode *cover_item(xmlNode *metadata, xmlNode *manifest)
{
    for (xmlNode *item = manifest ? manifest->children : NULL; item; item = item->next)
        if (is_element(item, "item") && has_word(item, "properties", "cover-image"))
            return item;
    for (xmlNode *meta = metadata ? metadata->children : NULL; meta; meta = meta->next) {
        if (!is_element(meta, "meta") || !has_word(meta, "name", "cover"))
            continue;
        xmlChar *const id = xmlGetProp(meta, BAD_CAST "content");
        xmlNode *const item = id ? item_with(manifest, "id", (const char *)id) : NULL;
        xmlFree(id);
        return item;
    }
    return NULL;
}

static int read_cover(struct bk_book *book, const struct bk_file *file, struct base_error *err)
{
    if (!file || !is_picture(file))
        return LINNET_OK;
    book->cover = malloc(file->size);
    if (!book->cover)
        return base_fail(err, LINNET_ERR_MEMORY, "out of memory");
    memcpy(book->cover, file->data, file->size);
    book->cover_size = file->size;
    return LINNET_OK;
}

static bool is_spoken(xmlNode *reference, xmlNode *item)
{
    xmlChar *const type = xmlGetProp(item, BAD_CAST "media-type");
    const bool is_text = type && strstr((const char *)type, "html");
    xmlFree(type);
    return is_text && !has_word(reference, "linear", "no") && !has_word(item, "properties", "nav");
}

static int read_spine(struct bk_book *book, const struct bk_archive *archive, const char *package, xmlNode *spine,
                      xmlNode *manifest, struct base_error *err)
{
    int status = LINNET_OK;
    for (xmlNode *reference = spine ? spine->children : NULL; reference && status == LINNET_OK;
         reference = reference->next) {
        xmlChar *const id = is_element(reference, "itemref") ? xmlGetProp(reference, BAD_CAST "idref") : NULL;
        xmlNode *const item = id ? item_with(manifest, "id", (const char *)id) : NULL;
        const struct bk_file *const file = item && is_spoken(reference, item) ? file_of(archive, package, item) : NULL;
        xmlFree(id);
        if (file)
            status = bk_html_read(book, file->data, file->size, err);
        else if (item && is_spoken(reference, item))
            book->n_missing++;
    }
    return status;
}

static int read_package(struct bk_book *book, const struct bk_archive *archive, const struct bk_file *file,
                        struct base_error *err)
{
    xmlDoc *const document = xmlReadMemory(file->data, (int)file->size, NULL, NULL, XML_FLAGS);
    xmlNode *const root = document ? xmlDocGetRootElement(document) : NULL;
    xmlNode *const metadata = find(root, "metadata", 0), *const manifest = find(root, "manifest", 0);
    xmlNode *const spine = find(root, "spine", 0);
    book->title = content_of(find(metadata, "title", 0));
    book->author = content_of(find(metadata, "creator", 0));
    book->language = content_of(find(metadata, "language", 0));
    int status = manifest && spine ? LINNET_OK
                                   : base_fail(err, LINNET_ERR_SYNTAX, "%s: names no documents in order", file->name);
    if (status == LINNET_OK)
        status = read_cover(book, file_of(archive, file->name, cover_item(metadata, manifest)), err);
    if (status == LINNET_OK)
        status = read_spine(book, archive, file->name, spine, manifest, err);
    xmlFreeDoc(document);
    return status;
}

/* META-INF/container.xml -> the package document. NULL: there is none. */
static const struct bk_file *find_package(const struct bk_archive *archive)
{
    const struct bk_file *const container = bk_archive_find(archive, "META-INF/container.xml");
    xmlDoc *const document =
        container ? xmlReadMemory(container->data, (int)container->size, NULL, NULL, XML_FLAGS) : NULL;
    xmlNode *const entry = document ? find((xmlNode *)document, "rootfile", 0) : NULL;
    xmlChar *const path = entry ? xmlGetProp(entry, BAD_CAST "full-path") : NULL;
    const struct bk_file *const file = path ? bk_archive_resolve(archive, "", (const char *)path) : NULL;
    xmlFree(path);
    xmlFreeDoc(document);
    return file;
}

/* Whether more is encrypted than fonts: https://www.w3.org/TR/epub-33/#sec-container-metainf-encryption.xml */
static bool is_encrypted(const struct bk_archive *archive)
{
    static const char *const of_fonts[] = {"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC",
                                           NULL};
    const struct bk_file *const list = bk_archive_find(archive, "META-INF/encryption.xml");
    xmlDoc *const document = list ? xmlReadMemory(list->data, (int)list->size, NULL, NULL, XML_FLAGS) : NULL;
    const xmlNode *const root = document ? xmlDocGetRootElement(document) : NULL;
    bool found = false;
    for (xmlNode *data = root ? root->children : NULL; data && !found; data = data->next) {
        xmlNode *const method = is_element(data, "EncryptedData") ? find(data, "EncryptionMethod", 0) : NULL;
        xmlChar *const algorithm = method ? xmlGetProp(method, BAD_CAST "Algorithm") : NULL;
        found = algorithm && !is_one_of((const char *)algorithm, of_fonts);
        xmlFree(algorithm);
    }
    xmlFreeDoc(document);
    return found;
}

int bk_epub_read(struct bk_book *book, const char *path, struct base_error *err)
{
    struct bk_archive archive;
    struct base_error why = {.text = ""};
    int status = bk_archive_open(&archive, path, err);
    if (status != LINNET_OK)
        return status;
    const struct bk_file *const package = find_package(&archive);
    status = is_encrypted(&archive)
                 ? base_fail(&why, LINNET_ERR_SYNTAX, "it is encrypted: only its seller's programs can read it")
             : package ? read_package(book, &archive, package, &why)
                       : base_fail(&why, LINNET_ERR_SYNTAX,
                                   "no EPUB: META-INF/container.xml names no package document in it");
    bk_archive_close(&archive);
    return status == LINNET_OK ? status : base_fail(err, status, "%s: %s", path, why.text);
}
