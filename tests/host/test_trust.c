/* test_trust.c -- the plugins of a project folder: when they may run, and what takes that away. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "plugins/host/host.h"

static const char plugin_text[] =
    "return { api = 1, kind = 'check', id = 'mine', title = { en = 'T', fr = 'T' },\n"
    "  about = { en = 'A', fr = 'A' }, messages = { seen = { en = 'seen', fr = 'vu' } },\n"
    "  run = function() end }\n";

static Env env;
static char root[512], project[600], state_folder[600];

static const char *in(const char *folder, const char *name)
{
    static char paths[8][2048];
    static unsigned next;
    char *path = paths[next++ % 8];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void run(const char *command, const char *argument)
{
    char line[4096];
    snprintf(line, sizeof line, "%s '%s'", command, argument);
    assert_int_equal(system(line), 0);
}

/* A project with one plugin, and a state folder that does not exist yet. */
static int set_up(void **state)
{
    const char *base = getenv("TMPDIR");
    (void)state;
    env_init(&env);
    snprintf(root, sizeof root, "%s/trust-XXXXXX", base ? base : "/tmp");
    if (!mkdtemp(root))
        return -1;
    snprintf(project, sizeof project, "%s/project", root);
    snprintf(state_folder, sizeof state_folder, "%s/state/alliance", root);
    mkdir(project, 0755);
    mkdir(in(project, "plugins"), 0755);
    write_file(in(project, "plugins/mine.lua"), plugin_text);
    return 0;
}

static int clear(void **state)
{
    (void)state;
    run("rm -rf", root);
    return 0;
}

typedef enum Fate { NOT_THERE, UNTRUSTED, REFUSED, TRUSTED } Fate;

static HostOptions options_of(const char *folder)
{
    return (HostOptions){.project = folder, .state_folder = state_folder, .isolate = true};
}

/* What becomes of a plugin of that id when the project is opened anew. */
static Fate ask(const HostOptions *options, const char *id)
{
    Host *host = host_new(&env, options);
    Fate answer = NOT_THERE;
    for (size_t i = 0; i < host_plugin_count(host); i++) {
        const PluginInfo *plugin = host_plugin(host, i);
        if (plugin->origin == ORIGIN_PROJECT && strcmp(plugin->id, id) == 0)
            answer = plugin->is_trusted && !plugin->load_error ? TRUSTED
                : plugin->load_error                       ? REFUSED
                                                           : UNTRUSTED;
    }
    host_free(host);
    return answer;
}

static Fate mine(void)
{
    HostOptions options = options_of(project);
    return ask(&options, "mine");
}

static bool record_folder(const char *folder, const char **problem)
{
    HostOptions options = options_of(folder);
    Host *host = host_new(&env, &options);
    bool fine = host_trust_record(host, folder, problem);
    host_free(host);
    return fine;
}

static void record(void)
{
    const char *problem = NULL;
    assert_true(record_folder(project, &problem));
    assert_null(problem);
    assert_int_equal(mine(), TRUSTED);
}

/* ---- What is trusted ------------------------------------------------------------------------ */

static void nothing_at_first(void **state)
{
    (void)state;
    assert_int_equal(mine(), UNTRUSTED);
}

static void what_was_recorded(void **state)
{
    (void)state;
    record();
    assert_int_equal(mine(), TRUSTED);
}

static void all_of_it_when_said_so(void **state)
{
    HostOptions options = options_of(project);
    (void)state;
    options.trust_project = true;
    assert_int_equal(ask(&options, "mine"), TRUSTED);
    assert_int_equal(mine(), UNTRUSTED);        /* that said nothing about the next time */
}

static void the_store_is_ours_alone(void **state)
{
    struct stat status;
    mode_t before = umask(0);
    (void)state;
    record();
    umask(before);
    assert_int_equal(stat(state_folder, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    assert_int_equal(stat(in(state_folder, "trusted"), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
}

static void several_projects(void **state)
{
    const char *other = in(root, "other");
    const char *problem;
    (void)state;
    record();
    mkdir(other, 0755);
    mkdir(in(root, "other/plugins"), 0755);
    write_file(in(root, "other/plugins/mine.lua"), plugin_text);
    assert_true(record_folder(other, &problem));
    assert_int_equal(mine(), TRUSTED);
    write_file(in(project, "plugins/more.lua"), "return 1\n");
    assert_int_equal(mine(), UNTRUSTED);
    record();       /* the new one replaces the old one */
    HostOptions options = options_of(other);
    assert_int_equal(ask(&options, "mine"), TRUSTED);
    unlink(in(project, "plugins/more.lua"));
    assert_int_equal(mine(), UNTRUSTED);
}

/* ---- What takes it away ---------------------------------------------------------------------- */

static void a_changed_byte(void **state)
{
    (void)state;
    record();
    FILE *file = fopen(in(project, "plugins/mine.lua"), "r+");
    assert_int_equal(fseek(file, 20, SEEK_SET), 0);
    fputc('2', file);
    fclose(file);
    assert_int_equal(mine(), UNTRUSTED);
}

static void an_added_file(void **state)
{
    (void)state;
    record();
    write_file(in(project, "plugins/.hidden"), "x");
    assert_int_equal(mine(), UNTRUSTED);
}

static void an_added_file_below(void **state)
{
    (void)state;
    mkdir(in(project, "plugins/pack"), 0755);
    mkdir(in(project, "plugins/pack/lib"), 0755);
    record();
    write_file(in(project, "plugins/pack/lib/more.lua"), "return 1\n");
    assert_int_equal(mine(), UNTRUSTED);
}

static void a_removed_file(void **state)
{
    (void)state;
    write_file(in(project, "plugins/notes.txt"), "x");
    record();
    unlink(in(project, "plugins/notes.txt"));
    assert_int_equal(mine(), UNTRUSTED);
}

static void a_renamed_file(void **state)
{
    (void)state;
    write_file(in(project, "plugins/notes.txt"), "x");
    record();
    rename(in(project, "plugins/notes.txt"), in(project, "plugins/other.txt"));
    assert_int_equal(mine(), UNTRUSTED);
}

static void two_files_that_swap(void **state)
{
    (void)state;
    write_file(in(project, "plugins/a.txt"), "one");
    write_file(in(project, "plugins/b.txt"), "two");
    record();
    write_file(in(project, "plugins/a.txt"), "two");
    write_file(in(project, "plugins/b.txt"), "one");
    assert_int_equal(mine(), UNTRUSTED);
}

static void a_renamed_folder(void **state)
{
    (void)state;
    record();
    const char *moved = in(root, "moved");
    rename(project, moved);
    HostOptions options = options_of(moved);
    assert_int_equal(ask(&options, "mine"), UNTRUSTED);
    rename(moved, project);
    assert_int_equal(mine(), TRUSTED);
}

static void the_same_name_elsewhere(void **state)
{
    (void)state;
    record();
    const char *away = in(root, "away");
    rename(project, away);
    mkdir(project, 0755);
    mkdir(in(project, "plugins"), 0755);
    write_file(in(project, "plugins/mine.lua"), "return { evil = true }\n");
    assert_int_equal(mine(), UNTRUSTED);
}

/* ---- Links, owners, kinds ----------------------------------------------------------------------- */

static void a_link_to_the_project(void **state)
{
    (void)state;
    record();
    const char *link = in(root, "link");
    assert_int_equal(symlink(project, link), 0);
    HostOptions options = options_of(link);
    assert_int_equal(ask(&options, "mine"), TRUSTED);      /* it is the same folder */
}

static void a_link_for_the_plugins(void **state)
{
    const char *problem = NULL;
    (void)state;
    rename(in(project, "plugins"), in(root, "elsewhere"));
    assert_int_equal(symlink(in(root, "elsewhere"), in(project, "plugins")), 0);
    assert_false(record_folder(project, &problem));
    assert_non_null(problem);
    HostOptions options = options_of(project);
    options.trust_project = true;
    assert_int_equal(ask(&options, "mine"), REFUSED);
}

static void a_link_among_the_files(void **state)
{
    const char *problem = NULL;
    (void)state;
    assert_int_equal(symlink("/etc/hostname", in(project, "plugins/link.lua")), 0);
    assert_false(record_folder(project, &problem));
    assert_non_null(problem);
    assert_int_equal(mine(), REFUSED);
}

static void a_pipe_among_the_files(void **state)
{
    const char *problem = NULL;
    (void)state;
    assert_int_equal(mkfifo(in(project, "plugins/pipe.lua"), 0600), 0);
    assert_false(record_folder(project, &problem));
    assert_non_null(problem);
}

static void what_anybody_may_change(void **state)
{
    const char *problem = NULL;
    (void)state;
    record();
    chmod(in(project, "plugins/mine.lua"), 0666);
    assert_int_equal(mine(), REFUSED);
    assert_false(record_folder(project, &problem));
    chmod(in(project, "plugins/mine.lua"), 0644);
    assert_int_equal(mine(), TRUSTED);
    chmod(in(project, "plugins"), 0777);
    assert_int_equal(mine(), REFUSED);
    chmod(in(project, "plugins"), 0755);
    chmod(project, 0777);
    assert_int_equal(mine(), REFUSED);
}

static void what_another_owns(void **state)
{
    const char *problem = NULL;
    (void)state;
    if (geteuid() != 0)
        skip();     /* only root can give a file away */
    record();
    assert_int_equal(chown(in(project, "plugins/mine.lua"), 65534, 65534), 0);
    assert_int_equal(mine(), REFUSED);
    assert_false(record_folder(project, &problem));
    HostOptions options = options_of(project);
    options.trust_project = true;
    assert_int_equal(ask(&options, "mine"), REFUSED);
    assert_int_equal(chown(in(project, "plugins/mine.lua"), 0, 0), 0);
    assert_int_equal(chown(project, 65534, 65534), 0);
    assert_int_equal(mine(), REFUSED);
}

static void too_deep(void **state)
{
    char path[2048];
    const char *problem = NULL;
    (void)state;
    size_t length = (size_t)snprintf(path, sizeof path, "%s/plugins", project);
    for (unsigned i = 0; i < 12; i++) {
        length += (size_t)snprintf(path + length, sizeof path - length, "/d");
        mkdir(path, 0755);
    }
    assert_false(record_folder(project, &problem));
    assert_non_null(problem);
}

/* ---- Names --------------------------------------------------------------------------------------- */

static void a_line_end_in_the_name(void **state)
{
    const char *problem = NULL, *strange = in(root, "a\nb");
    (void)state;
    mkdir(strange, 0755);
    mkdir(in(strange, "plugins"), 0755);
    write_file(in(strange, "plugins/mine.lua"), plugin_text);
    assert_false(record_folder(strange, &problem));
    assert_non_null(problem);
    HostOptions options = options_of(strange);
    assert_int_equal(ask(&options, "mine"), UNTRUSTED);
}

/* Names are part of what is hashed, and cannot be made to look like other names and hashes. */
static void a_line_end_in_a_file(void **state)
{
    (void)state;
    write_file(in(project, "plugins/a\nb"), "x");
    record();
    rename(in(project, "plugins/a\nb"), in(project, "plugins/ab"));
    assert_int_equal(mine(), UNTRUSTED);
}

static void a_shipped_name(void **state)
{
    (void)state;
    write_file(in(project, "plugins/equity.lua"), "return {}\n");
    HostOptions options = options_of(project);
    Host *host = host_new(&env, &options);
    const PluginInfo *found = host_find(host, PLUGIN_CHECK, "equity");
    assert_non_null(found);
    assert_int_equal(found->origin, ORIGIN_SHIPPED);    /* a stranger's file hides nothing */
    host_free(host);
    write_file(in(project, "plugins/equity.lua"),
               "return { api = 1, kind = 'check', id = 'equity', title = { en = 'T', fr = 'T' },\n"
               "  about = { en = 'A', fr = 'A' }, messages = {}, run = function() end }\n");
    record();
    host = host_new(&env, &options);
    found = host_find(host, PLUGIN_CHECK, "equity");
    assert_int_equal(found->origin, ORIGIN_PROJECT);    /* a trusted one does */
    assert_non_null(found->hides);
    assert_int_equal(found->hides->origin, ORIGIN_SHIPPED);
    host_free(host);
}

/* ---- The store ------------------------------------------------------------------------------------ */

static void no_store(void **state)
{
    const char *problem = NULL;
    HostOptions options = options_of(project);
    (void)state;
    record();
    options.state_folder = NULL;
    assert_int_equal(ask(&options, "mine"), UNTRUSTED);
    Host *host = host_new(&env, &options);
    assert_false(host_trust_record(host, project, &problem));
    assert_non_null(problem);
    host_free(host);
}

static void a_store_that_others_read(void **state)
{
    (void)state;
    record();
    chmod(in(state_folder, "trusted"), 0644);
    assert_int_equal(mine(), UNTRUSTED);
    chmod(in(state_folder, "trusted"), 0000);
    assert_int_equal(mine(), geteuid() == 0 ? TRUSTED : UNTRUSTED);
    chmod(in(state_folder, "trusted"), 0600);
    assert_int_equal(mine(), TRUSTED);
}

static void a_store_of_another(void **state)
{
    (void)state;
    if (geteuid() != 0)
        skip();
    record();
    assert_int_equal(chown(in(state_folder, "trusted"), 65534, 65534), 0);
    assert_int_equal(mine(), UNTRUSTED);
}

static void a_store_that_is_a_link(void **state)
{
    (void)state;
    record();
    rename(in(state_folder, "trusted"), in(root, "moved-store"));
    assert_int_equal(symlink(in(root, "moved-store"), in(state_folder, "trusted")), 0);
    assert_int_equal(mine(), UNTRUSTED);
}

static size_t read_store(char *text, size_t size)
{
    FILE *file = fopen(in(state_folder, "trusted"), "r");
    assert_non_null(file);
    size_t length = fread(text, 1, size - 1, file);
    text[length] = '\0';
    fclose(file);
    return length;
}

/* A store with any byte changed, or cut anywhere, grants nothing to what was not recorded, and
 * the folder that was recorded at most loses its trust. */
static void a_broken_store(void **state)
{
    char whole[2048], text[2048];
    (void)state;
    record();
    size_t length = read_store(whole, sizeof whole);
    for (size_t cut = 0; cut < length; cut += 7) {
        memcpy(text, whole, length + 1);
        text[cut] = '\0';
        write_file(in(state_folder, "trusted"), text);
        assert_int_equal(mine(), UNTRUSTED);
    }
    for (size_t at = 0; at < length; at += 5) {
        memcpy(text, whole, length + 1);
        text[at] = text[at] == 'x' ? 'y' : 'x';
        write_file(in(state_folder, "trusted"), text);
        assert_int_equal(mine(), UNTRUSTED);
    }
    write_file(in(state_folder, "trusted"), "\n\n\xff\xfe garbage\n");
    assert_int_equal(mine(), UNTRUSTED);
    record();       /* and can be written anew */
}

/* An entry inside another line, or without its end, is none. */
static void a_forged_store(void **state)
{
    char whole[2048], text[4096];
    (void)state;
    record();
    size_t length = read_store(whole, sizeof whole);
    snprintf(text, sizeof text, "note: %s", whole);
    write_file(in(state_folder, "trusted"), text);
    assert_int_equal(mine(), UNTRUSTED);
    snprintf(text, sizeof text, "%.*sX\n", (int)length - 1, whole);
    write_file(in(state_folder, "trusted"), text);
    assert_int_equal(mine(), UNTRUSTED);
    snprintf(text, sizeof text, "other line\n%s", whole);
    write_file(in(state_folder, "trusted"), text);
    assert_int_equal(mine(), TRUSTED);
}

static void a_store_that_cannot_be_written(void **state)
{
    const char *problem = NULL;
    (void)state;
    mkdir(in(root, "state"), 0755);
    write_file(in(root, "state/alliance"), "a file where the folder should be\n");
    assert_false(record_folder(project, &problem));
    assert_non_null(problem);
    assert_int_equal(mine(), UNTRUSTED);
}

/* Nothing in the folder itself can grant trust. */
static void a_store_in_the_project(void **state)
{
    char whole[2048];
    (void)state;
    record();
    read_store(whole, sizeof whole);
    unlink(in(state_folder, "trusted"));
    write_file(in(project, "trusted"), whole);
    write_file(in(project, "alliance.conf"), "language en version 1\n");
    assert_int_equal(mine(), UNTRUSTED);
}

static void no_plugins_at_all(void **state)
{
    const char *problem = NULL;
    (void)state;
    run("rm -rf", in(project, "plugins"));
    assert_int_equal(mine(), NOT_THERE);
    assert_false(record_folder(project, &problem));
    assert_non_null(problem);
    assert_false(record_folder(in(root, "nowhere"), &problem));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, clear)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_at_first), TEST(what_was_recorded), TEST(all_of_it_when_said_so),
        TEST(the_store_is_ours_alone), TEST(several_projects), TEST(a_changed_byte),
        TEST(an_added_file), TEST(an_added_file_below), TEST(a_removed_file),
        TEST(a_renamed_file), TEST(two_files_that_swap), TEST(a_renamed_folder),
        TEST(the_same_name_elsewhere), TEST(a_link_to_the_project), TEST(a_link_for_the_plugins),
        TEST(a_link_among_the_files), TEST(a_pipe_among_the_files),
        TEST(what_anybody_may_change), TEST(what_another_owns), TEST(too_deep),
        TEST(a_line_end_in_the_name), TEST(a_line_end_in_a_file), TEST(a_shipped_name),
        TEST(no_store), TEST(a_store_that_others_read), TEST(a_store_of_another),
        TEST(a_store_that_is_a_link), TEST(a_broken_store), TEST(a_forged_store),
        TEST(a_store_that_cannot_be_written), TEST(a_store_in_the_project),
        TEST(no_plugins_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
