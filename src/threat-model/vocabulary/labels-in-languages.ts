import type { Field } from './vocabulary.ts'

/*
 * Labels and headers of columns in languages other than English, as whole words: what a registe
   r
 * of threats calls its columns in Norwegian, Dutch, Polish, Turkish, Czech or Ukrainian, beside th
   e
 * larger languages. Headers with more words in them are read in headers.ts.
 */

export const labelsInLanguages: Partial<Record<Field, string>> = {
  id: '№ | lp | lp. | nº | n° | nro | codigo | código',
  threat: `
    angrep | angreb | aanval | atak | saldırı | útok | ryzyko | riziko | risico | ризик
    | zagrożenia
    | hrozby | загрози | trusler | dreigingen | tehditler | scenariusz zagrożenia
    | atak / zagrożenie
    | trusselscenario | hotscenario | dreigingsscenario | tehdit senaryosu | сценарий атаки
    | сценарій атаки | skenario ancaman | ataques | riesgos | riscos | attacken | risques
    | التهديد | التهديدات | تهديد | الخطر | المخاطر | الهجوم | تهدید | تهدیدات | خطر
  `,
  description: `
    beskrivelse | beskrivning | kuvaus | beschrijving | omschrijving | toelichting | opis
    | popis
    | açıklama | опис | описание | descripción | descrição | descrizione | beschreibung
    | deskripsi
    | mô tả | 설명 | szenario | scénario | escenario | cenário | scenariusz | senaryo | сценарий
    | сценарій | skenario | kịch bản | scenario di attacco | capacidade | capacidades | capacidad
    | capacité | capacités | fähigkeit | fähigkeiten | возможности | الوصف | السيناريو
    | سيناريو الهجوم | شرح | توضیح | توضیحات
  `,
  impact: `
    impacto potencial | impacto esperado | impact potentiel | mögliche auswirkungen
    | mulig konsekvens
    | mogelijke impact | potencjalny wpływ | olası etki | možný dopad | możliwe skutki | efecto
    | efectos | efeito | efeitos | consecuencia | consecuencias | consequência | consequências
    | konsekwencje | důsledek | důsledky | الأثر | التأثير | تأثیر
  `,
  severity: `
    alvorlighet | alvorlighetsgrad | allvarlighet | risikonivå | risknivå | ernst | prioriteit
    | ważność | istotność | poziom ryzyka | priorytet | önem | önem derecesi | risk seviyesi
    | öncelik | závažnost | úroveň rizika | priorita | серйозність | критичність | рівень ризику
    | пріоритет | серьезность | серьёзность | критичность | уровень риска | приоритет
    | severidad
    | gravedad | criticidad | prioridad | nivel de riesgo | severidade | gravidade | criticidade
    | prioridade | nível de risco | gravité | criticité | priorité | niveau de risque
    | schweregrad | priorität | risikostufe | gravità | priorità | keparahan | tingkat risiko
    | prioritas | mức độ | mức độ nghiêm trọng | nivel | nível | niveau | الخطورة | الشدة
    | مستوى الخطورة | مستوى الخطر | الأولوية | شدت
  `,
  mitigation: `
    kontroll | kontroller | beskyttelse | działania | przeciwdziałanie | środek zaradczy
    | środki ochrony | ochrona | azaltma | karşı önlem | karşı önlemler | zmírnění | захід
    | контроль
    | пом'якшення | протидія | protección | protecciones | proteção | proteções | salvaguarda
    | salvaguardas | defensa | defesa | beheersing | bescherming | skydd | åtgärd | salvaguardia
    | difesa | défense | défenses | abwehr | الضوابط | الضوابط الحالية | الضابط | التخفيف
    | إجراءات التخفيف | المعالجة | الحماية | التدابير | الإجراءات | کنترل | کاهش | راهکار
  `,
  status:
    'الحالة | حالة الدليل | حالة التنفيذ | حالة التحقق | وضعیت | ' +
    'stan | durum | stav | стан | tilstand | trạng thái | stato | situação | situación | tila',
  residual: `
    restrisiko | restrisk | restrisico | ryzyko szczątkowe | ryzyko rezydualne
    | pozostałe ryzyko
    | kalan risk | artık risk | zbytkové riziko | залишковий ризик | остаточный риск
    | المخاطر المتبقية | الخطر المتبقي
    | rischio residuo | risiko residual | risiko sisa | brecha | lacuna | lücke
  `,
  asset: `
    activo | ativo | aktivum | zasób | varlık | aktiv | актив | komponent | komponente
    | componente
    | composant | bileşen | компонент | składnik | onderdeel | component geraakt | eiendel
    | tillgång | الأصل | الأصول | دارایی
  `,
  adversary: `
    atacante | attaquant | angreifer | aanvaller | angriper | angripare | napastnik | saldırgan
    | útočník | зловмисник | нарушитель | злоумышленник | penyerang | aktør | aktör | akteur
    | agente
    | attaccante | adversario | adversário | trusselaktør | hotaktör | źródło zagrożenia
    | атакующий | المهاجم | المهاجمون | مهاجم
  `,
  likelihood: 'الاحتمالية | الاحتمال | احتمال',
  category: `
    الفئة | التصنيف | دسته |
    kategori | categorie | kategoria | kategorie | категорія | категория | categoría | categoria
    | catégorie | clase | classe
  `,
}
