/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-qr-code.h"

#include <qrencode.h>

/* Of each square: what a camera an arm's length away can tell apart. */
#define MODULE_PX 5

/* The white that the standard wants around it. */
#define QUIET_MODULES 4

struct _BwQrCode
{
  GtkWidget parent_instance;

  QRcode *code; /* NULL: nothing to show */
};

G_DEFINE_FINAL_TYPE (BwQrCode, bw_qr_code, GTK_TYPE_WIDGET)

static int
size_px (BwQrCode *self)
{
  return self->code ? (self->code->width + 2 * QUIET_MODULES) * MODULE_PX : 0;
}

void
bw_qr_code_set_text (BwQrCode   *self,
                     const char *text)
{
  g_return_if_fail (BW_IS_QR_CODE (self));

  g_clear_pointer (&self->code, QRcode_free);
  if (text && *text)
    self->code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
bw_qr_code_measure (GtkWidget     *widget,
                    GtkOrientation orientation,
                    int            for_size,
                    int           *minimum,
                    int           *natural,
                    int           *minimum_baseline,
                    int           *natural_baseline)
{
  *minimum = *natural = size_px (BW_QR_CODE (widget));
}

static void
bw_qr_code_snapshot (GtkWidget   *widget,
                     GtkSnapshot *snapshot)
{
  BwQrCode *self = BW_QR_CODE (widget);
  int size = size_px (self);
  cairo_t *cr;

  if (!self->code)
    return;
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, (float) size, (float) size));
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  for (int y = 0; y < self->code->width; y++)
    for (int x = 0; x < self->code->width; x++)
      if (self->code->data[y * self->code->width + x] & 1)
        cairo_rectangle (cr, (QUIET_MODULES + x) * MODULE_PX, (QUIET_MODULES + y) * MODULE_PX,
                         MODULE_PX, MODULE_PX);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
bw_qr_code_finalize (GObject *object)
{
  g_clear_pointer (&BW_QR_CODE (object)->code, QRcode_free);
  G_OBJECT_CLASS (bw_qr_code_parent_class)->finalize (object);
}

static void
bw_qr_code_class_init (BwQrCodeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bw_qr_code_finalize;
  widget_class->measure = bw_qr_code_measure;
  widget_class->snapshot = bw_qr_code_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
bw_qr_code_init (BwQrCode *self)
{
}
