/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A rule in a person's words. */

#pragma once

#include "session/bw-rule.h"

G_BEGIN_DECLS

/* What it asks: "At the left edge, on the front". (transfer full) */
char *bw_rule_text_dup_what  (const BwRule *rule);

/* Of which parts: "U1, R*". (transfer full) */
char *bw_rule_text_dup_parts (const BwRule *rule);

G_END_DECLS
