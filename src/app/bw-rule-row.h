/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A rule in a list: what it asks, and of which parts. Activating it is asking to change it.
 *
 * Signal `removed`: a person wants it gone. */

#pragma once

#include <gtk/gtk.h>

#include "session/bw-constraints.h"

G_BEGIN_DECLS

#define BW_TYPE_RULE_ROW (bw_rule_row_get_type ())
G_DECLARE_FINAL_TYPE (BwRuleRow, bw_rule_row, BW, RULE_ROW, GtkListBoxRow)

/* `nth` of the rules in the file. Copies what it needs. */
BwRuleRow  *bw_rule_row_new      (const BwConstraint *rule,
                                  guint               nth);

guint       bw_rule_row_get_nth  (BwRuleRow          *self);

/* The rule as the file has it. */
const char *bw_rule_row_get_text (BwRuleRow          *self);

/* Whether the parts lie as it wants; told by an icon once it is known. */
void        bw_rule_row_set_kept (BwRuleRow          *self,
                                  gboolean            kept);

G_END_DECLS
