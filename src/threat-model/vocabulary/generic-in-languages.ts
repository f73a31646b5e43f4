import { pattern } from './pattern.ts'

/*
 * Headings that explain, in languages other than English: "Alcance", "Einleitung", "Metodoloji".
 * Never threats, whatever stands below them.
 */

const explaining = pattern(
  'u',
  '^(?:(?:el |la |o |a |le |la |il |das |die |der |en |de )?(?:',
  // What is looked at.
  "alcance|ámbito|escopo|âmbito|portée|périmètre|champ d'application|geltungsbereich|umfang|ambito",
  '|campo di applicazione|bereik|reikwijdte|zakres|kapsam|rozsah|обсяг|сфера застосування',
  '|область применения|охват|范围|適用範囲|スコープ|범위|ruang lingkup|cakupan|phạm vi|omfang',
  '|omfattning',
  // What it is about.
  '|introducción|introdução|einleitung|einführung|introduzione|inleiding|wstęp|wprowadzenie|giriş',
  '|úvod|вступ|введение|简介|介绍|引言|はじめに|소개|서론|pendahuluan|giới thiệu|innledning',
  '|inledning|indledning|resumen(?: ejecutivo)?|visión general|descripción general|panorama',
  "|resumo(?: executivo)?|visão geral|aperçu|vue d'ensemble|résumé|übersicht|überblick",
  '|zusammenfassung|panoramica|riepilogo|sommario|overzicht|samenvatting|przegląd|podsumowanie',
  '|genel bakış|özet|přehled|shrnutí|огляд|підсумок|обзор|резюме|общие сведения|概述|概要|总览|总结',
  '|まとめ|개요|요약|ringkasan|gambaran umum|tổng quan|oversikt|sammendrag|översikt',
  '|sammanfattning|propósito|objetivos?|objectifs?|zweck|ziele?|zielsetzung|obiettiv[io]|scopo',
  '|doel|cel|amaç|cíl|мета|цел[ьи]|目的|目标|목적|tujuan|mục đích|formål|syfte|contexto|contexte',
  '|kontext|contesto|bağlam|контекст|背景|배경|latar belakang|bối cảnh|hintergrund|achtergrond',
  '|kontekst|antecedentes',
  // How it was done, and what comes of it.
  '|metodolog[ií]as?|méthodologie|methodik|metodik|metodoloji|yöntem|методология|методика',
  '|методологія|方法论|방법론|phương pháp|conclusi(?:ón|ones)|conclus(?:ão|ões)|fazit',
  '|schlussfolgerung(?:en)?|conclusion[ei]|conclusie|wnioski|sonuç|závěr|висновки|выводы',
  '|заключение|结论|結論|결론|kesimpulan|kết luận|konklusjon|slutsats|referencias|referências',
  '|références|referenzen|quellen|riferimenti|referenties|bronnen|kaynaklar|zdroje|джерела',
  '|источники|ссылки|参考(?:資料|文献|资料)?|참고(?: 자료)?|referensi|recomendaciones|recomendações',
  '|recommandations|empfehlungen|raccomandazioni|aanbevelingen|zalecenia|rekomendacje|öneriler',
  '|doporučení|рекомендации|рекомендації|推奨事項|권장 사항|rekomendasi|anbefalinger',
  '|glosario|glossário|glossaire|glossar|глоссарий|用語集|术语表?',
  ')|(?:prioridad(?:es)?|prioridades?|priorités?|prioritäten?|priorità|prioriteiten|приоритеты?',
  '|arquitectura|arquitetura|architektur|architettura|architectuur|architektura|mimari|архитектура',
  '|архітектура|diagramas?|diagramme?|диаграмма|flujos? de datos|fluxos? de dados|datenflüsse?',
  '|revisi(?:ón|ones)|revis(?:ão|ões)|überprüfung|historial|histórico|respuesta a incidentes',
  '|resposta a incidentes|réponse aux incidents|metodología|alcance|escopo|resumen|resumo',
  String.raw`)(?: \S.{0,60})?`,
  '|(?:系统)?架构(?:概述|图)?|系统概述|システム(?:構成|概要)|アーキテクチャ|시스템 ?개요|아키텍처)$',
)

/** True for a plain heading that explains, in any of the languages. */
export function explainsInLanguages(plain: string): boolean {
  return explaining.test(plain)
}
