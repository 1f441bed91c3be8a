"""Word lists the assessor reads English with; general words only, none of any one question."""

import re
from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _pairs(text: str) -> dict[str, str]:
    """`caught=catch …`: what a form that no stemmer undoes stands for."""
    return dict(pair.split("=", 1) for pair in text.split())


CONTRACTED: Final = _words(
    "isnt arent wasnt werent dont doesnt didnt cant couldnt wont wouldnt shouldnt hasnt havent "
    "hadnt mustnt neednt aint"
)
"""Written without their apostrophe, as chat does; read like the ones with it."""

IRREGULAR_NOT: Final = {"cannot": "can", "wont": "will", "cant": "can", "aint": "is"}

TAILS: Final = {"re": "are", "ve": "have", "ll": "will", "d": "would", "m": "am"}
"""What stands behind an apostrophe besides the possessive."""

SUBJECTS: Final = _words("it that this there what here he she who where how let")
"""Behind these `'s` is a verb; behind anything else it is the possessive."""

IRREGULAR: Final = _pairs(
    "am=be are=be is=be was=be were=be been=be has=have had=have did=do does=do done=do "
    "caught=catch bought=buy brought=bring built=build chose=choose chosen=choose came=come "
    "became=become began=begin begun=begin broke=break broken=break dealt=deal drew=draw "
    "drawn=draw drove=drive driven=drive fed=feed fell=fall fallen=fall fought=fight found=find "
    "forgot=forget forgotten=forget gave=give given=give got=get gotten=get grew=grow grown=grow "
    "held=hold hid=hide hidden=hide kept=keep knew=know known=know led=lead lost=lose made=make "
    "meant=mean met=meet paid=pay ran=run rose=rise risen=rise said=say saw=see seen=see sent=send "
    "shrank=shrink shrunk=shrink shown=show slept=sleep sold=sell spent=spend stood=stand "
    "stuck=stick taught=teach threw=throw thrown=throw told=tell took=take taken=take "
    "thought=think understood=understand went=go gone=go won=win wrote=write written=write "
    "higher=high highest=high bigger=big biggest=big larger=large largest=large smaller=small "
    "smallest=small faster=fast fastest=fast slower=slow slowest=slow cheaper=cheap "
    "cheapest=cheap simpler=simple simplest=simple deeper=deep deepest=deep rarer=rare "
    "rarest=rare harder=hard hardest=hard easier=easy easiest=easy longer=long shorter=short "
    "fewer=few fewest=few stronger=strong strongest=strong weaker=weak richer=rich "
    "people=person children=child criteria=criterion indices=index matrices=matrix "
    "hardly=scarcely axes=axis analyses=analysis hypotheses=hypothesis vertices=vertex "
    "centre=center centres=center judgement=judgment metre=meter programme=program "
    "defence=defense licence=license grey=gray ageing=aging"
)
"""Verbs, comparatives, plurals and spellings that share no English stem with their base."""

PAST: Final = _words(
    "was were had did caught bought brought built came became began broke dealt drew drove fed "
    "felt fell fought found forgot gave got grew heard held hid kept knew led left lost made "
    "meant met paid put ran read rose said saw sent set shrank slept sold spent stood stuck "
    "taught threw told took thought understood went won wrote"
)
"""What a story is told in, besides verbs in -ed."""

PARTICIPLE: Final = _words("is are be been am being has have to a an the of by for not too as")
"""Behind these a form in -ed or -t is no past tense."""

SPELLING: Final = (
    (re.compile(r"(?<=[a-z]{2}[iy])z(?=(?:e[srd]?|ers|ing|ations?|ational|able)$)"), "s"),
    (re.compile(r"(?<=[a-z]{3}o)u(?=r(?:s|ed|ing|s|hood|al|able|ful|ite)?$)"), ""),
    (re.compile(r"(?<=label|model|ancel|ignal|ravel|level|annel|penal)l(?=(?:ed|ing|ers?)$)"), ""),
)
"""American and British spellings of one word get one stem."""

ABBREVIATIONS: Final = _words("vs cf approx fig eq resp incl ca ie eg dr mr ms")
"""A full stop behind these does not end the sentence."""

CLAUSE_OPENERS: Final = _words(
    "but while whereas because although though however unless whilst yet except otherwise"
)
"""Words that start a clause without a comma in front of them."""

CONJUNCTIONS: Final = _words("and but or so because since while whereas although though then")
"""Left out at the beginning of a quotation."""

COPULAS: Final = _words("is are was were means mean tells gives has have does isn gets will can")
"""Verbs that show a subject behind an `and`, so that a new clause starts there."""

NEGATORS: Final = _words(
    "not never no nor neither without none nobody hardly cannot rather instead"
)

DISTANCING: Final = _words(
    "myth misconception mistake mistaken mistakenly wrong wrongly naive naively incorrect "
    "incorrectly false tempting trap avoid confuse confused instead pitfall fallacy misleading"
)
"""Who uses these near a wrong claim reports it, and does not make it."""

PREDICATES: Final = _words(
    "is are was were be do does did has have had will would can could should may might must isn "
    "i we you it they he she that which who because so if when whether until unless not"
)
"""What a clause has and the item of a list has not: its verb, its subject or its reason."""

ADDING: Final = _words(
    "not never no nor neither without none nobody cannot only instead rather than more less "
    "fewer before until unless first but decide choose pick prefer reject stop refuse"
)
"""What somebody who says the prompt's words again adds to them: a no, a comparison, a choice."""

CONSEQUENT: Final = _words("so since because therefore thus hence which meaning")
"""A clause that opens with one of these goes on about the subject of the clause before it."""

FUNCTION: Final = _words(
    "a an the and or but nor so if then than as of in on at by for from to with without into onto "
    "over under between among through during before after above below up down out off about "
    "against across per via is are am was were be been being do does did have has had will would "
    "can could should may might must shall not no never it its this that these those there here "
    "he she they them their we us our you your i me my mine who whom whose which what when where "
    "why how each every any some all both few many much more most less least other another such "
    "only own same too very just also even still again once because while whereas since until "
    "although though however because one ones something nothing everything"
)
"""The words that hold a sentence together; all other words carry its content."""

GLUE: Final = _words(
    "a an the and or but of to in is are was were be been being i we you it they them that this "
    "these which who my our your their its as by for from with on at would do does have has what"
)
"""The function words that nobody lists as keywords, unlike `all`, `before` or `not`."""

REASONING: Final = _words(
    "because since so therefore thus hence if when unless whereas while although though but "
    "means meaning implies leads lead causes cause due depends depend otherwise instead then why "
    "reason trade tradeoff rather than would example instance suppose assume consequently"
)
"""Words that argue; a definition recited alone has at most one of them."""

OWN: Final = _words("i we my our me us you your would should let because")
"""Who decides something or gives a reason uses these; who recites does not."""

NUMBERS: Final = _words(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred "
    "thousand million billion dozen half quarter"
)
"""Numbers in words; `one` is more often a pronoun."""

REPORTING: Final = _words(
    "say says said claim claims claimed think thinks thought believe believes believed argue "
    "argues suggest suggests assume assumes"
)
"""With somebody else in front and a `but` behind, these report a claim and do not make it."""

TELEGRAM: Final = _words(
    "need needs needed use uses using report show shows useless useful too so only must should "
    "want wants lets let get gets make makes eg ie vs w most many few if when then still already "
    "just not no never than better worse enough sees tells says goes go put pick take"
)
"""What short notes keep of a sentence, and lists of keywords do not have."""

OBJECTING: Final = _words("but yet however though although actually no not wrong")

TALK: Final = _words(
    "lot view important importance thing think big picture mind aspect consider matter way day "
    "depend situation everybody everyone talk look good decision happy key new idea experience "
    "topic job project kind successful hard believe great say always "
    "really general overall point case example like various several factor approach "
    "perspective context scenario crucial critical essential essentially basically honestly ensure "
    "passionate communication careful carefully involve open honest interesting relevant"
)
"""What empty talk is made of; alone it shows half a thought of nothing."""

SMALL_TALK: Final = _words("question people person different")
"""Empty in a sentence of empty talk, and evidence in any other."""

HOLLOW: Final = TALK | SMALL_TALK | _words("well keep care make last end work")
"""Of little but these are sentences made that could stand in any answer."""

COMMON: Final = TALK | _words(
    "add alone ask auc average back best better call carry change check colleague come compare "
    "cost cut data decide drop error expect fall feature find first fit get give go happen hard "
    "high hold keep know label large last learn leave let like little low mean measure metric miss "
    "model month move near need next nobody noise now number often part pay percent price product "
    "put random read real rest result row run sample score see set share show single small split "
    "stand stay take tell ten test three time trade train try two use valid validation value want "
    "week well whether win work wrong year different people person question"
)
"""Said in every second answer about machine learning, so no sign of which question it answers."""

DEFINING: Final = _words(
    "is are means mean stands refers defined definition describes called measures represents "
    "denotes adds equals divided"
)

METRICS: Final = _words(
    "precision recall accuracy f1 auc roc prauc rocauc auroc auprc sensitivity specificity rmse "
    "mae mape r2 logloss ndcg map mrr brier bleu rouge perplexity metric metrics"
)

COSTS: Final = _words(
    "cost costs costly costing expensive cheap cheaper price money dollar dollars euro euros eur "
    "usd pay pays paid loss losses lose loses lost profit revenue budget worth hurt hurts harm "
    "damage annoy annoyed angry churn waste wasted workload capacity afford business impact "
    "consequence consequences worse miss missed missing alarm alarms effort penalty risk prices "
    "pricier customer customers complain complaints call calls bother scrap scrapped"
)

DIAGNOSING: Final = _words(
    "check checks checked look looks plot compare compares inspect measure investigate first "
    "diagnose diagnosis find why log verify test see confirm whether slice segment examine ask "
    "understand debug reproduce rule print visualise visualize profile monitor cause reason "
    "bug analyse analyze track audit isolate ablate ablation overfit overfits overfitting underfit "
    "underfits underfitting leak leaks leakage"
)

CURES: Final = _words(
    "regularise regularize regularisation regularization dropout augment augmentation smote "
    "oversample undersample resample retrain retraining tune tuning bigger deeper ensemble "
    "boosting xgboost scheduler clipping normalisation normalization batchnorm warmup layers "
    "quantise quantize upgrade switch replace finetune"
)

MODELS: Final = _words(
    "xgboost lightgbm catboost transformer transformers bert gpt llm llms lstm rnn cnn resnet "
    "gradient boosted boosting forest neural network networks embedding embeddings logistic "
    "ann faiss rag kmeans svm tower autoencoder mlp finetune"
)

FRAMING: Final = _words(
    "goal goals objective objectives kpi business success requirement requirements constraint "
    "constraints latency budget decision decisions decide decides clarify ask asks define label "
    "labels labelled labeled cost costs baseline purpose scope stakeholder stakeholders impact "
    "action horizon window frame framing assume assumption assumptions"
)

TROUBLE: Final = _words(
    "broke break broken breaks fail failed fails failure failing failures wrong bug bugs mistake "
    "mistakes problem problems issue issues drop dropped worse wasted waste late miss missed "
    "incident conflict pushback disagree disagreed disagreement learned learnt lesson regret "
    "unfortunately hard difficult struggle struggled delay delayed complained complaint lost lose "
    "degraded crash crashed crashes outage rollback stuck slow underestimated surprised surprise "
    "leak leaked leakage flaw flawed error errors differently obstacle blocked risk tension "
    "rejected refused unhappy angry overfit noisy suffered hurt hindsight"
)
