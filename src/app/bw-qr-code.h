/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A text as a QR code, for the camera of a phone: black on white in every style. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BW_TYPE_QR_CODE (bw_qr_code_get_type ())
G_DECLARE_FINAL_TYPE (BwQrCode, bw_qr_code, BW, QR_CODE, GtkWidget)

/* NULL or too long: nothing is shown. */
void bw_qr_code_set_text (BwQrCode   *self,
                          const char *text);

G_END_DECLS
