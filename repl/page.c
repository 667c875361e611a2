/* page.c -- see page.h. */
#include "repl/page.h"

#include <string.h>

#include "repl/layout.h"

const char *page_about(const Program *program, WordRole role, uint16_t id, uint16_t scope)
{
    const char *about = words_about(program->words, program->language, role, id, scope);
    return about ? about : "";
}

const char *page_word(const Program *program, WordRole role, uint16_t id, uint16_t scope)
{
    const char *word = words_text(program->words, program->language, role, id, scope, WORD_USUAL);
    return word ? word : "";
}

const Vocabulary *page_vocabulary(const Program *program)
{
    return program->snapshot ? snapshot_vocabulary(program->snapshot) : vocabulary_shipped();
}

void page_pair(Program *program, const char *word, const char *about, size_t width)
{
    Out *out = &program->out;
    size_t wide = out_width(word, strlen(word));
    out_print(out, "  ");
    out_style(out, STYLE_STRONG);
    if (wide > width)           /* a word is read whole: it may have to be typed */
        out_string(out, word);
    else
        out_cell(out, word, width, false);
    out_style(out, STYLE_PLAIN);
    out_print(out, "  ");
    layout_text(out, about, (wide > width ? wide : width) + 4, width + 4, program_limit(program));
    out_print(out, "\n");
}

void page_sample(Program *program, const char *text)
{
    Out *out = &program->out;
    size_t length = strlen(text);
    for (size_t i = 0; i < length;) {
        size_t end = i + strcspn(text + i, "\n");
        out_print(out, "    ");
        out_text(out, text + i, end - i);
        out_print(out, "\n");
        i = end + (text[end] == '\n');
    }
}

void page_heading(Program *program, const char *text)
{
    out_style(&program->out, STYLE_STRONG);
    out_string(&program->out, text);
    out_style(&program->out, STYLE_PLAIN);
    out_print(&program->out, "\n");
}

void page_heading_message(Program *program, MessageId message)
{
    out_style(&program->out, STYLE_STRONG);
    say(program, &program->out, message, NULL);
    out_style(&program->out, STYLE_PLAIN);
    out_print(&program->out, "\n");
}
