/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules beside the board: those about the selected parts, or all of them where none is
 * selected. One at a time can be changed in a form.
 *
 * Signal `edited` (guint nth, const char *before, const char *after): a person wants the text of
 * the rule that is the `nth` changed; NULL: a new rule, or none any more. Whoever does that tells
 * how it went by bw_rule_list_accept(), or bw_rule_list_refuse().
 * Signal `unjudged`: rules came on show of which nobody told whether they are kept.
 * Signal `region-changed`: another region is being edited, or none any more. */

#pragma once

#include "app/bw-canvas.h"
#include "session/bw-constraints.h"

G_BEGIN_DECLS

#define BW_TYPE_RULE_LIST (bw_rule_list_get_type ())
G_DECLARE_FINAL_TYPE (BwRuleList, bw_rule_list, BW, RULE_LIST, GtkWidget)

/* Once. `canvas` is kept by pointer as long as it is there. */
void     bw_rule_list_set_canvas (BwRuleList    *self,
                                  BwCanvas      *canvas);

/* Both may be NULL: no board, no rules. */
void     bw_rule_list_set_rules  (BwRuleList    *self,
                                  BwBoard       *board,
                                  BwConstraints *constraints);

/* Those on show whose state is to be told as the parts move; NULL: none. */
BwConstraints *bw_rule_list_get_shown (BwRuleList   *self);
gboolean bw_rule_list_is_unjudged (BwRuleList    *self);
/* Which of them are not kept: n_rules flags. Those of others than are on show by now are
 * ignored. */
void     bw_rule_list_judge      (BwRuleList    *self,
                                  BwConstraints *constraints,
                                  const guint8  *broken);

/* An edit was done: what was being edited is not any more. */
void     bw_rule_list_accept     (BwRuleList    *self);

/* It was not. FALSE: the message is to be shown elsewhere. */
gboolean bw_rule_list_refuse     (BwRuleList    *self,
                                  const char    *message);

/* That of the rule that is being edited; FALSE: there is none. */
gboolean bw_rule_list_get_region (BwRuleList    *self,
                                  BwBox         *region_out);

/* A region was drawn. */
void     bw_rule_list_set_region (BwRuleList    *self,
                                  BwBox          region);

G_END_DECLS
