import type { ErrorMessages } from './viewer-messages.js';

const TRY_AGAIN = 'تحقّق من اتصالك ثم حاول مرة أخرى.';
const CONTACT = 'إذا تكرر ذلك، فاتصل بالدعم واذكر الرمز الظاهر أدناه.';

/** What a viewer reads of each error, in Arabic. */
export const ARABIC_ERRORS: ErrorMessages = {
  'source-invalid': { title: 'لم يُعدّ هذا الفيديو بشكل صحيح', text: CONTACT },
  'manifest-not-found': { title: 'هذا الفيديو غير موجود هنا', text: `ربما نُقل إلى مكان آخر. ${CONTACT}` },
  'manifest-forbidden': { title: 'هذا الفيديو غير متاح لك', text: CONTACT },
  'manifest-unreachable': { title: 'تعذّر الوصول إلى الفيديو', text: TRY_AGAIN },
  'manifest-invalid': { title: 'تعذّرت قراءة هذا الفيديو', text: CONTACT },
  'manifest-unsupported': { title: 'لا يمكن تشغيل هذا الفيديو هنا', text: CONTACT },
  'segment-unavailable': { title: 'توقف وصول الفيديو', text: TRY_AGAIN },
  'segment-forbidden': {
    title: 'لم يعد جلب الفيديو مسموحًا',
    text: 'حاول مرة أخرى. إن لم ينجح ذلك، فغادر هذه الصفحة ثم عُد إليها.',
  },
  'media-unsupported': {
    title: 'لا يستطيع هذا المتصفح عرض هذا الفيديو',
    text: 'جرّب إصدارًا حديثًا من متصفح آخر، أو جهازًا آخر.',
  },
  'media-buffer-full': {
    title: 'هذه الجودة أعلى مما يحتمله هذا الجهاز',
    text: 'اختر جودة أقل، ثم حاول مرة أخرى.',
  },
  'no-allowed-quality': { title: 'لا توجد جودة لهذا الفيديو يمكن تشغيلها هنا', text: CONTACT },
  undecodable: {
    title: 'تعذّر فك ترميز الصورة',
    text: `الفيديو تالف، أو المفتاح المرفق به لا يناسبه. حاول مرة أخرى. ${CONTACT}`,
  },
  'browser-unsupported': {
    title: 'هذا المتصفح أقدم من أن يشغّل هذا الفيديو',
    text: 'حدّثه، أو جرّب متصفحًا آخر.',
  },
  'engine-unavailable': { title: 'تعذّر تحميل المشغّل', text: TRY_AGAIN },
  'engine-failed': { title: 'واجه المشغّل مشكلة', text: `حاول مرة أخرى. ${CONTACT}` },
  offline: { title: 'أنت غير متصل بالإنترنت', text: 'اتصل بشبكة، ثم حاول مرة أخرى.' },
  'drm-unsupported': {
    title: 'لا يستطيع هذا المتصفح تشغيل الفيديو المحمي',
    text: 'جرّب إصدارًا حديثًا من متصفح آخر، أو جهازًا آخر.',
  },
  'drm-disabled': {
    title: 'تشغيل الفيديو المحمي معطّل',
    text: 'اسمح بالمحتوى المحمي في إعدادات هذا المتصفح، ثم حاول مرة أخرى.',
  },
  'drm-blocked': { title: 'الفيديو المحمي غير مسموح به في هذه الصفحة', text: CONTACT },
  'drm-insecure-context': { title: 'هذه الصفحة غير آمنة', text: 'افتحها عبر https لتشغيل الفيديو المحمي.' },
  'drm-configuration-missing': { title: 'لم يُعدّ هذا الفيديو بشكل صحيح', text: CONTACT },
  'drm-setup-failed': { title: 'لم يبدأ التشغيل المحمي', text: `حاول مرة أخرى. ${CONTACT}` },
  'media-keys-in-use': { title: 'لم يُعدّ هذا الفيديو بشكل صحيح', text: CONTACT },
  'drm-busy': {
    title: 'عدد مقاطع الفيديو المحمية المفتوحة أكبر من اللازم',
    text: 'أغلق علامات التبويب والمشغّلات الأخرى، ثم حاول مرة أخرى.',
  },
  'certificate-failed': { title: 'لم يبدأ التشغيل المحمي', text: TRY_AGAIN },
  'license-request-failed': { title: 'تعذّر طلب الترخيص', text: `حاول مرة أخرى. ${CONTACT}` },
  'license-rejected': { title: 'لم يُقبل الترخيص', text: `حاول مرة أخرى. ${CONTACT}` },
  'license-release-failed': { title: 'تعذّرت إعادة الترخيص', text: TRY_AGAIN },
  'wrong-key': { title: 'الترخيص يخص فيديو آخر', text: `حاول مرة أخرى. ${CONTACT}` },
  'key-missing': { title: 'الترخيص غير مكتمل', text: `حاول مرة أخرى. ${CONTACT}` },
  'key-expired': { title: 'انتهت صلاحية ترخيصك', text: 'جدّده لمتابعة المشاهدة.' },
  'output-restricted': {
    title: 'لا تستطيع هذه الشاشة عرض هذا الفيديو',
    text: 'افصل الشاشة الخارجية، أو استخدم شاشة تدعم HDCP.',
  },
  'stored-license-missing': {
    title: 'لم يعد الترخيص موجودًا على هذا الجهاز',
    text: 'اتصل بالإنترنت للحصول على ترخيص آخر.',
  },
  'authorize-failed': { title: 'تعذّر التحقق من صلاحية وصولك', text: TRY_AGAIN },
  'authentication-required': { title: 'سجّل الدخول للمشاهدة', text: 'هذا الفيديو للأعضاء.' },
  'session-expired': { title: 'تم تسجيل خروجك', text: 'سجّل الدخول مرة أخرى لمتابعة المشاهدة.' },
  'subscription-expired': { title: 'انتهى اشتراكك', text: 'جدّده لتتابع المشاهدة على الفور.' },
  'plan-insufficient': { title: 'باقتك لا تشمل هذا الفيديو', text: 'اختر باقة تشمله لمشاهدته.' },
  'rental-required': { title: 'هذا الفيديو للإيجار', text: 'استأجره لمشاهدته.' },
  'rental-expired': { title: 'انتهت مدة الإيجار', text: 'استأجر الفيديو مرة أخرى لمتابعة المشاهدة.' },
  'device-limit-reached': {
    title: 'باقتك مستخدمة على عدد كبير من الأجهزة',
    text: 'أزل جهازًا من حسابك، ثم حاول مرة أخرى.',
  },
  'offline-license-revoked': {
    title: 'سُحب هذا التنزيل',
    text: 'نزّله مرة أخرى إن كان لا يزال بإمكانك مشاهدته.',
  },
  'region-blocked': { title: 'هذا الفيديو غير متاح في مكانك', text: 'تختلف الحقوق من منطقة إلى أخرى.' },
  'stream-limit-reached': {
    title: 'أنت تشاهد على عدد كبير من الأجهزة',
    text: 'أوقف المشاهدة على أحدها، ثم حاول مرة أخرى.',
  },
  'stream-taken-over': {
    title: 'يجري التشغيل على جهاز آخر',
    text: 'يشاهد حسابك الآن على جهاز آخر. يمكنك المتابعة هنا بدلًا منه.',
  },
  'playback-session-ended': {
    title: 'انتهت جلسة التشغيل هذه',
    text: 'ابدأ التشغيل من جديد لمتابعة المشاهدة.',
  },
  'content-not-found': { title: 'هذا الفيديو غير متوفر', text: CONTACT },
  'entitlement-refused': { title: 'هذا الفيديو غير متاح لك', text: CONTACT },
  'entitlement-failed': { title: 'تعذّر التحقق من صلاحية وصولك', text: TRY_AGAIN },
  'license-refused': { title: 'هذا الفيديو غير متاح لك', text: CONTACT },
  'license-server-error': {
    title: 'توجد مشكلة في خدمة الحقوق',
    text: 'المشكلة من جانبنا. حاول مرة أخرى بعد قليل.',
  },
  'license-unreachable': { title: 'تعذّر الوصول إلى خدمة الحقوق', text: TRY_AGAIN },
  'license-timeout': { title: 'لم تستجب خدمة الحقوق', text: 'حاول مرة أخرى بعد قليل.' },
  'license-empty': { title: 'لم ترسل خدمة الحقوق شيئًا', text: `حاول مرة أخرى بعد قليل. ${CONTACT}` },
  'license-html': {
    title: 'ردّ شيء آخر بدلًا من خدمة الحقوق',
    text: 'على شبكة عامة، افتح صفحة تسجيل الدخول الخاصة بها أولًا، ثم حاول مرة أخرى.',
  },
  'license-malformed': { title: 'أرسلت خدمة الحقوق ردًا غير مقروء', text: `حاول مرة أخرى. ${CONTACT}` },
  'text-track-failed': { title: 'تعذّر تحميل الترجمة المصاحبة', text: 'يمكن أن يستمر الفيديو من دونها.' },
  'cast-failed': { title: 'تعذّر الوصول إلى الشاشة الأخرى', text: 'تأكد من أنها تعمل ومتصلة بالشبكة نفسها.' },
  'ads-failed': { title: 'تعذّر تحميل الإعلانات', text: TRY_AGAIN },
  'storage-failed': {
    title: 'حدث خلل في مساحة تخزين هذا المتصفح',
    text: 'أغلق علامات التبويب الأخرى لهذا الموقع، ثم حاول مرة أخرى.',
  },
  'storage-full': {
    title: 'لم تبق مساحة كافية على هذا الجهاز',
    text: 'احذف التنزيلات التي لا تحتاج إليها، ثم حاول مرة أخرى.',
  },
  'download-missing': {
    title: 'هذا التنزيل غير موجود على هذا الجهاز',
    text: 'اتصل بالإنترنت للمشاهدة، أو نزّله مرة أخرى.',
  },
  'download-unsupported': {
    title: 'لا يمكن تنزيل هذا الفيديو هنا',
    text: 'شاهده عبر الإنترنت، أو جرّب جهازًا آخر.',
  },
  aborted: { title: 'أُلغي التشغيل', text: 'ابدأ التشغيل من جديد للمشاهدة.' },
  unknown: { title: 'حدث خطأ ما', text: `حاول مرة أخرى. ${CONTACT}` },
};
