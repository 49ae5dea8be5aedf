package segment

import (
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/clipperhouse/uax29/v2/sentences"
)

// benchPages are news-like paragraphs in scripts other than Latin, made here.
// Sentences have the length that newspapers give them, and few stops are those of
// short forms.
var benchPages = map[string]string{
	"ru": "Комитет по делам порта собрался 21 октября, чтобы узнать, во сколько обойдётся городу новая набережная и кто будет за неё платить. " +
		"«Мы ещё ничего не решили», — заявила после заседания сенатор Анна Лебедева, которая возглавляет комитет. Следующее слушание намечено на весну 2026 года и продлится два дня.\n\n" +
		"По словам двух чиновников, которым не разрешено выступать публично, план стоимостью 3,2 миллиарда рассчитан на десять лет и предполагает небольшой сбор с каждого билета на паром. " +
		"Критики считают, что деревням выше по берегу он почти ничего не даст. Кто за это заплатит? Заплатим мы, сказал журналистам мэр одной из этих деревень г. Соколов.\n\n",
	"ar": "اجتمعت لجنة الميناء يوم الثلاثاء لتستمع إلى تقرير عن كلفة الجدار البحري الجديد ومن الذي سيدفع ثمنه من سكان المدينة في السنوات المقبلة. " +
		"وقالت رئيسة اللجنة بعد الاجتماع إن القرار لم يتخذ بعد، وإن جلسة أخرى ستعقد في الربيع المقبل بحضور ممثلي القرى.\n\n" +
		"وبحسب مسؤولين اثنين لم يسمح لهما بالحديث علنا فإن الخطة ستكلف نحو ثلاثة مليارات على مدى عشر سنوات. فمن الذي سيدفع؟ نحن ندفع، قال د. سامي الخطيب للصحفيين أمام مبنى البلدية يوم الجمعة.\n\n",
	"hi": "बंदरगाह समिति ने मंगलवार को यह सुनने के लिए बैठक की कि नई समुद्री दीवार पर शहर को कितना खर्च करना होगा और इसका भुगतान कौन करेगा। " +
		"समिति की अध्यक्ष ने बैठक के बाद कहा कि अभी तक कोई निर्णय नहीं लिया गया है और अगली सुनवाई वसंत में होगी।\n\n" +
		"दो अधिकारियों के अनुसार, जिन्हें सार्वजनिक रूप से बोलने की अनुमति नहीं थी, इस योजना पर दस वर्षों में लगभग तीन अरब रुपये खर्च होंगे। इसका भुगतान कौन करेगा? हम करेंगे, डॉ. शर्मा ने शुक्रवार को पत्रकारों से कहा।\n\n",
	"zh": "港口委员会星期二开会，听取新海堤将花费这座城市多少钱以及由谁来支付的报告。委员会主席在会后表示，目前还没有作出任何决定，下一次听证会将在明年春天举行。\n\n" +
		"据两名未获授权公开发言的官员透露，这项计划将在十年内通过对每张渡轮票收取少量费用筹集约三十二亿元。批评者说，它对沿海更远处的村庄帮助不大。“谁来付钱？”市长星期五在市政厅前对记者说。\n\n",
	"ja": "港湾委員会は火曜日、新しい防潮堤に町がいくら払うことになるのか、誰が負担するのかについて報告を受けた。委員長は会議の後、まだ何も決まっていないと述べ、次の公聴会は来年の春に開かれる予定だと語った。\n\n" +
		"公の場で話すことを許されていない二人の関係者によると、この計画は十年間で約三十二億円を集めるという。「誰が払うのか？」と、ある村の村長は金曜日に庁舎の前で記者団に語った。\n\n",
}

// varied gives n copies of a page, in each of which a quarter of the words, signs in
// scripts without spaces, is left out and a quarter is doubled: a processor learns
// a text that repeats itself, and no text does.
func varied(lang string, n int) string {
	random := rand.New(rand.NewPCG(1, 2))
	parts := strings.SplitAfter(benchPages[lang], " ")
	if lang == "zh" || lang == "ja" {
		parts = strings.Split(benchPages[lang], "")
	}
	var b strings.Builder
	for range n {
		for _, part := range parts {
			if !isWord(strings.TrimSpace(part)) {
				b.WriteString(part)
				continue
			}
			switch random.IntN(4) {
			case 0:
			case 1:
				b.WriteString(part)
				b.WriteString(part)
			default:
				b.WriteString(part)
			}
		}
	}
	return b.String()
}

// isWord tells a part without signs, which can be left out.
func isWord(part string) bool {
	for _, r := range part {
		if !isLetter(r) {
			return false
		}
	}
	return part != ""
}

// BenchmarkScripts cuts the news and encyclopedia text of the development data,
// where it is at hand, and pages made here, whose paragraphs are short.
func BenchmarkScripts(b *testing.B) {
	for _, lang := range []string{"en", "ru", "ar", "hi", "zh", "ja"} {
		b.Run(lang, func(b *testing.B) {
			var text strings.Builder
			for _, d := range readGold(b, filepath.Join(sharedDir(b), "segmentation", "dev", "pud_"+lang+".jsonl")) {
				text.WriteString(d.Text)
				text.WriteString("\n\n")
			}
			againstUAX29(b, lang, text.String())
		})
		if benchPages[lang] != "" {
			b.Run(lang+"-pages", func(b *testing.B) { againstUAX29(b, lang, varied(lang, 300)) })
		}
	}
}

// againstUAX29 takes turns with uax29 over a text and reports the best round of
// each as a ratio.
func againstUAX29(b *testing.B, lang, text string) {
	dst := Append(nil, text, Options{Lang: lang})
	var ours, theirs float64
	for b.Loop() {
		start := time.Now()
		dst = Append(dst[:0], text, Options{Lang: lang})
		ours = max(ours, float64(len(text))/time.Since(start).Seconds())
		start = time.Now()
		for it := sentences.FromString(text); it.Next(); {
			sink += it.End()
		}
		theirs = max(theirs, float64(len(text))/time.Since(start).Seconds())
	}
	sink += len(dst)
	b.ReportMetric(ours/1e6, "append-MB/s")
	b.ReportMetric(theirs/1e6, "uax29-MB/s")
	b.ReportMetric(ours/theirs, "times-uax29")
}
