import type { DrmStep, TimelineEntry } from '@secure-player/core';

/** The texts of the diagnostics. They are for developers and support; words of EME and of HTTP stay as they are. */
export interface DiagnosticsMessages {
  /** BCP 47: how numbers and units are written. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly title: string;
  readonly empty: string;
  readonly steps: Readonly<Record<DrmStep, string>>;
  readonly outcomes: Readonly<Record<TimelineEntry['outcome'], string>>;
  /** A time in which there was no step. */
  readonly gap: string;
  readonly attempt: string;
  readonly sent: string;
  readonly received: string;
  /** How long the page took to give credentials. */
  readonly credentials: string;
  readonly copy: string;
  readonly copied: string;
  readonly notCopied: string;
  readonly download: string;
}

/** The texts in English. */
export const ENGLISH_DIAGNOSTICS: DiagnosticsMessages = Object.freeze({
  language: 'en',
  direction: 'ltr',
  title: 'DRM timeline',
  empty: 'Nothing yet: no protected title has been loaded.',
  steps: {
    access: 'Access',
    keys: 'Media keys',
    certificate: 'Certificate',
    session: 'Session',
    challenge: 'Challenge',
    server: 'License server',
    update: 'Update',
    statuses: 'Key statuses',
  },
  outcomes: { ok: 'Done', failed: 'Failed', pending: 'Under way' },
  gap: 'without a step',
  attempt: 'Attempt',
  sent: 'sent',
  received: 'received',
  credentials: 'credentials',
  copy: 'Copy',
  copied: 'Copied',
  notCopied: 'The browser did not allow it; download it instead',
  download: 'Download',
});

/** The texts in Arabic. */
export const ARABIC_DIAGNOSTICS: DiagnosticsMessages = Object.freeze({
  language: 'ar',
  direction: 'rtl',
  title: 'المخطط الزمني للحماية',
  empty: 'لا شيء بعد: لم يُحمَّل أي عنوان محمي.',
  steps: {
    access: 'الوصول',
    keys: 'مفاتيح الوسائط',
    certificate: 'الشهادة',
    session: 'الجلسة',
    challenge: 'طلب الترخيص',
    server: 'خادم التراخيص',
    update: 'التحديث',
    statuses: 'حالات المفاتيح',
  },
  outcomes: { ok: 'تم', failed: 'فشل', pending: 'جارٍ' },
  gap: 'بلا خطوات',
  attempt: 'المحاولة',
  sent: 'أُرسل',
  received: 'استُلم',
  credentials: 'بيانات الاعتماد',
  copy: 'نسخ',
  copied: 'تم النسخ',
  notCopied: 'لم يسمح المتصفح بذلك؛ نزّل الملف بدلاً من ذلك',
  download: 'تنزيل',
});
