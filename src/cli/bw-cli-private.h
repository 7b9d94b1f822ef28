/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the commands share. Each takes the arguments after its name. */

#pragma once

#include "board/bw-board.h"
#include "cli/bw-cli.h"
#include "session/bw-session.h"

G_BEGIN_DECLS

/* One line on stderr, with the program's name before it; nothing in it commands a terminal. */
void     bw_cli_complain     (const char    *format,
                              ...) G_GNUC_PRINTF (1, 2);

/* What was not understood, a line each; `notes` ends with NULL. */
void     bw_cli_note         (const char *const *notes);

/* Reads a board; NULL after having said why not. */
BwBoard *bw_cli_load         (const char    *path);

/* Saves the board that was read from `in` with its parts at `poses`; FALSE after having said why
 * not. Where `out` leads to the same file as `in`, it must still hold what was read. What is
 * there becomes its backup. `counts_out` (nullable): what became of the copper. */
gboolean bw_cli_save         (BwBoard       *board,
                              const BwPose  *poses,
                              BwTracks       tracks,
                              const char    *in,
                              const char    *out,
                              BwCopperCounts *counts_out);

/* Before a long run: FALSE, after having said why, where `out` could not be written at its end. */
gboolean bw_cli_may_save     (const char    *out);

/* Parses `entries` and takes the one FILE that is left. FALSE after having said why not. Frees
 * nothing of what the entries point to. */
gboolean bw_cli_parse        (int            argc,
                              char         **argv,
                              const char    *command,
                              const char    *summary,
                              const GOptionEntry *entries,
                              const GOptionEntry *more_entries,
                              char         **file_out);

/* The same for as many files as there are words in `names`, such as "OLD NEW"; one or more where
 * it ends in "…". */
gboolean bw_cli_parse_files  (int            argc,
                              char         **argv,
                              const char    *command,
                              const char    *names,
                              const char    *summary,
                              const GOptionEntry *entries,
                              const GOptionEntry *more_entries,
                              GStrv         *files_out);

/* The options of commands that run the placer. */
typedef struct
{
  gint64 seed;
  double time_s;
  gint64 iterations;
  char *tracks;
  char *only;
  GStrv weights;
  double refine;
  gboolean untangle;
} BwCliRunArguments;

void          bw_cli_run_arguments_clear
                                 (BwCliRunArguments *arguments);

/* `time_s`, `iterations` and `refine` as they are where nobody told them. */
#define BW_CLI_UNTOLD G_MININT64
#define BW_CLI_RUN_ARGUMENTS_INIT \
  { .seed = 1, .time_s = BW_CLI_UNTOLD, .iterations = BW_CLI_UNTOLD, .refine = BW_CLI_UNTOLD }

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BwCliRunArguments, bw_cli_run_arguments_clear)

/* Entries that fill `arguments`; valid until `arguments` goes. (transfer full) */
GOptionEntry *bw_cli_run_entries (BwCliRunArguments *arguments);

/* Checks ranges; FALSE after having said what is wrong. */
gboolean bw_cli_run_options  (const BwCliRunArguments *arguments,
                              BwRunOptions            *options_out);

/* What --tracks was given; `otherwise` where `word` is NULL. FALSE after having said what is
 * wrong. */
gboolean bw_cli_read_tracks  (const char              *word,
                              BwTracks                 otherwise,
                              BwTracks                *tracks_out);

/* Says that so many would be left behind, and what can be done. */
void     bw_cli_complain_of_tracks
                             (const BwBoard *board,
                              guint          n_tracks,
                              guint          n_nets);

/* A session on a board and the constraints beside it, to be run as `arguments` say, if any; NULL
 * after having said why not. */
BwSession    *bw_cli_open        (const char        *path,
                                  const BwCliRunArguments *arguments);

/* The command that the run begins with. */
BwCommand     bw_cli_first_command
                                 (const BwCliRunArguments *arguments);

/* FALSE, after having said why, where tracks keep the run from starting. */
gboolean bw_cli_may_start    (BwSession     *session);

int      bw_cli_diff         (int            argc,
                              char         **argv);
int      bw_cli_info         (int            argc,
                              char         **argv);
int      bw_cli_place        (int            argc,
                              char         **argv);
int      bw_cli_pose         (int            argc,
                              char         **argv);
int      bw_cli_serve        (int            argc,
                              char         **argv);
int      bw_cli_viewer       (int            argc,
                              char         **argv);

G_END_DECLS
