import { ARABIC_CONTROLS } from './arabic-controls.js';
import { ARABIC_ERRORS } from './arabic-errors.js';
import type { ViewerMessages } from './viewer-messages.js';

/** The texts in Arabic, which is written from right to left. */
export const ARABIC_MESSAGES: ViewerMessages = Object.freeze({
  language: 'ar',
  direction: 'rtl',
  errors: ARABIC_ERRORS,
  recoveries: {
    retry: 'حاول مرة أخرى',
    'sign-in': 'تسجيل الدخول',
    'upgrade-plan': 'عرض الباقات',
    'stop-other-stream': 'إيقاف المشاهدة الأخرى',
    'change-region': 'تغيير المنطقة',
    'renew-license': 'تجديد الترخيص',
    'go-online': 'الاتصال بالإنترنت',
    'lower-quality': 'خفض الجودة',
    'enable-drm': 'كيفية السماح بالمحتوى المحمي',
    'update-browser': 'تحديث المتصفح',
    'use-other-device': 'استخدام جهاز آخر',
    'free-space': 'إخلاء مساحة',
    'contact-support': 'الاتصال بالدعم',
  },
  qualityLimited: {
    'key-missing': 'باقتك لا تشمل جودة الصورة الأعلى.',
    'output-restricted': 'لا تسمح هذه الشاشة بجودة الصورة الأعلى.',
    'key-expired': 'انتهت صلاحية ترخيص جودة الصورة الأعلى.',
  },
  licenseRenewalRefused: 'تعذّر تجديد ترخيصك. سيتوقف الفيديو عند انتهائه.',
  licenseEndsAt: 'يمكنك مشاهدة هذا الفيديو حتى الساعة {time}.',
  streams: {
    inPlaceOfOne: 'يمكنك التشغيل هنا بدلًا من أحدها.',
    label: 'قيد التشغيل الآن',
    since: 'منذ {time}',
    takenOverBy: 'انتقلت المشاهدة إلى {device}. يمكنك المتابعة هنا بدلًا منه.',
    takeOver: 'التشغيل هنا بدلًا منه',
  },
  controls: ARABIC_CONTROLS,
  loading: 'جارٍ التحميل',
  close: 'إغلاق',
});
