/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One rule of those beside the board, with a field for all that it may ask.
 *
 * Signal `applied` (guint nth, const char *before, const char *after): a person wants the rule so;
 * `before` is NULL for a new one. The form stays until bw_rule_form_close().
 * Signal `closed`: nobody edits it any more.
 * Signal `region-changed`: there is another region in it, or none. */

#pragma once

#include <gtk/gtk.h>

#include "session/bw-rule.h"

G_BEGIN_DECLS

#define BW_TYPE_RULE_FORM (bw_rule_form_get_type ())
G_DECLARE_FINAL_TYPE (BwRuleForm, bw_rule_form, BW, RULE_FORM, GtkWidget)

/* The rule that is the `nth`, whose text is `text`; NULL: a new one, which begins as `rule`. */
void     bw_rule_form_open       (BwRuleForm   *self,
                                  guint         nth,
                                  const char   *text,
                                  const BwRule *rule);

/* Why it could not be applied. */
void     bw_rule_form_show_error (BwRuleForm   *self,
                                  const char   *message);

/* A region that was drawn. */
void     bw_rule_form_set_region (BwRuleForm   *self,
                                  BwBox         region);

/* FALSE: it asks for none. */
gboolean bw_rule_form_get_region (BwRuleForm   *self,
                                  BwBox        *region_out);

void     bw_rule_form_close      (BwRuleForm   *self);

G_END_DECLS
