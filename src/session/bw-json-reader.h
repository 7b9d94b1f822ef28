/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Values of a JSON text that a person wrote, each with the range that it has to be in. What is not
 * as it should be fails with `NAME:LINE: fact`; what is not known is noted in the same form.
 *
 * The values' functions return FALSE with BW_BOARD_ERROR_CONTENT in `error`. Any thread. */

#pragma once

#include "board/bw-board.h"
#include "board/bw-json.h"

G_BEGIN_DECLS

typedef struct
{
  const BwJson *json;
  const char *name;     /* of the file */
  GPtrArray *notes;     /* (element-type utf8) */
  GError **error;
  guint32 line_offset;  /* where `line` is: lines are counted through once; 0 at first */
  guint line;           /* 1 at first */
} BwJsonReader;

guint    bw_json_reader_line         (BwJsonReader      *self,
                                      guint32            token);

gboolean bw_json_reader_fail         (BwJsonReader      *self,
                                      guint32            token,
                                      const char        *format,
                                      ...) G_GNUC_PRINTF (3, 4);

/* true, false or null. */
gboolean bw_json_reader_is_word      (BwJsonReader      *self,
                                      guint32            token,
                                      const char        *word);

/* `what` is what the message calls it. */
gboolean bw_json_reader_number       (BwJsonReader      *self,
                                      guint32            token,
                                      const char        *what,
                                      double             low,
                                      double             high,
                                      double            *value_out);

/* Of mm, not negative. */
gboolean bw_json_reader_length       (BwJsonReader      *self,
                                      guint32            token,
                                      const char        *what,
                                      gint32            *length_nm_out);

gboolean bw_json_reader_flag         (BwJsonReader      *self,
                                      guint32            token,
                                      const char        *what,
                                      gboolean          *flag_out);

/* One of `names`, which ends with NULL. */
gboolean bw_json_reader_choice       (BwJsonReader      *self,
                                      guint32            token,
                                      const char        *what,
                                      const char *const *names,
                                      guint             *found_out);

gboolean bw_json_reader_find         (BwJsonReader      *self,
                                      guint32            object,
                                      const char        *key,
                                      guint32           *value_out);

/* Notes the token's text, with what stands before and after it: `NAME:LINE: before “text” after`.
 * Only so many are kept. */
void     bw_json_reader_note         (BwJsonReader      *self,
                                      guint32            token,
                                      const char        *before,
                                      const char        *after);

/* Notes the members of an object that are not in `known`, which ends with NULL; what is no object
 * has none. */
void     bw_json_reader_note_unknown (BwJsonReader      *self,
                                      guint32            object,
                                      const char *const *known);

G_END_DECLS
