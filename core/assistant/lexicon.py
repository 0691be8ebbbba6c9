"""Word lists and patterns of the three languages the assistant sorts messages in.

Data only, all folded: lower case, no accents, straight apostrophes. What other languages
share (question marks, links, capitals) is read without a list, in `signals`.
"""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VAGUE = _words(
    # French: greetings, helpers and the verbs that say nothing about what is asked
    "bonjour bonsoir salut coucou merci svp stp plait s'il oui ok okay d'accord voudrais "
    "aimerais aimerions souhaite souhaiterais savoir dire besoin vais vas va aller allez going "
    "pouvez pouvons pourriez peut-on possible faut faudrait dois doit devons devrait prendre "
    "prends prenez faites fais font mettre mets avoir etre serez serait voir sait sais quoi truc "
    "genre petit peu beaucoup chez cela ceci comme tout tous toute toutes rien quelque quelques "
    "autre autres meme aussi alors car deja encore juste vraiment finalement reste c'est qu'est "
    "est-ce moi toi lui leur leurs fils fille mere mari ami copain monde gens personne suis "
    "dernier derniere prochain prochaine an annee hier voici voila concernant propos question renseignement info infos information "
    "prix tarif tarifs cout coute coutent combien horaire horaires temps delai delais "
    "vendez vendent vend proposez proposent acceptez accepte acceptent accepter acceptes acceptees "
    "offrez existe existent donnez servez "
    # English
    "sell sells offer offers accept accepts accepted provide serve stock allowed allow "
    "time times long price prices cost costs much charge fee "
    "hello hi hey please thanks thank thx pls okay like know tell going get got gets there "
    "any anyone also too ppl people so yours place thing things something somthing let say "
    "would should might may must shall one ones way really maybe actually along around "
    "last next ago yesterday year weekday whenever lot bit live run pick picked take takes taken use used see come comes coming "
    "having being doing does whether which than then those such very well own my "
    "son daughter mother husband wife friend today's question wondering info information "
    # Spanish
    "hola buenas buenos gracias quisiera quiero necesito saber decir puedo puede pueden podria "
    "hacer tengo tienen hay cosa algo favor aqui ahora tambien"
)
"""Words that say nothing about what is asked, beyond those of a language's grammar.

Those that ask for a price or a time are here because `kinds` reads them better: an answer
to "how much does it cost" rarely has the word "cost" in it.
"""

ASKED_ABOUT = _words(
    "open close order change cancel account wrong today tomorrow commande livraison "
    "demain aujourd'hui pedido envio hoy manana"
)
"""Everyday words for telling a language, but just what customers ask a shop about."""

COURTESY = _words(
    "merci mercii thanks thank thx ty cheers gracias ok okay oki parfait perfect super genial great "
    "top cool nickel entendu note noted bonjour bonsoir salut coucou hello hi hey hola bye ciao adios "
    "bientot revoir soiree journee weekend week-end nuit goodbye welcome bravo excellent amazing "
    "awesome lovely wonderful brilliant fantastic vale perfecto excelente saludos felicitations "
    "congrats soon hugs bises bisous yes oui si d'accord dac good morning evening afternoon night"
)
"""Words that are a courtesy by themselves: one of them makes a short message one."""

AROUND_COURTESY = _words(
    "beaucoup bien bonne bon belle vous toi a tres trop gentil gentille aimable c'est ca cela est "
    "pour votre ta ton la le l'info reponse aide retour rapide infos super toute tout tous "
    "l'equipe equipe et encore fois mille plus tard demain je j'ai compris fait so very much a lot "
    "there two both for your the you that's that thats is it's its kind nice of have day an day see soon later then "
    "all reply answer quick help info team and again really appreciate appreciated i got it will do "
    "un millon muchas mucho muy amable por su tu respuesta ayuda buen dia buena tarde noche hasta "
    "luego pronto todo lo en de au aussi pareillement likewise you're youre sweet excellente"
)
"""Words a courtesy is wrapped in; they ask for nothing."""

LARGE_ANYWAY = _words(
    "monday mondays tuesday tuesdays wednesday wednesdays thursday thursdays friday fridays "
    "saturday saturdays sunday sundays january february march april may june july august "
    "september october november december christmas easter new noel paques navidad "
    "mr mrs ms miss dr sir madam madame monsieur mme mlle senor senora "
    "instagram facebook whatsapp messenger twitter linkedin google internet"
)
"""Words that are written large and name nothing that an answer would have to mention."""

OF_SOMEBODY = _words(
    "my our his her their mon ma mes notre nos son sa ses leur leurs mi mis nuestro nuestra su sus"
)
"""Before a noun and a name, they only tell who somebody is: "my colleague Julia"."""

AFTER_THEIR_OWN = re.compile(
    r"\bwhere(?:'s| is| are) (?:my|our)\b|\b(?:status of|track(?:ing)?) (?:my|our)\b"
    r"|\bwhen (?:will|does|do|is|are) (?:my|our) .{0,30}\b(?:arriv\w+|com(?:e|ing)|deliver\w*|here|ready)\b"
    r"|\bou (?:est|en est|sont|en sont) (?:ma|mon|mes|notre|nos)\b|\bsuivi de (?:ma|mon|notre)\b"
    r"|\bquand (?:arrive|est-ce que|sera|vais-je recevoir|recevrai-je) .{0,20}\b(?:ma|mon|mes|notre|nos)\b"
    r"|\bdonde (?:esta|estan) (?:mi|mis|nuestro|nuestra)\b|\bcuando (?:llega|llegara) (?:mi|nuestro)\b"
)
"""Asks after something of the customer's, which no page knows; on folded text."""

ASKS_TO_BUY = re.compile(
    r"\bdo you (?:also |still )?sell\b|\bcan (?:i|we) buy\b|\bvous vendez\b|\bvendez[- ]vous\b"
    r"|\b(?:je peux|peut[- ]on|on peut) acheter\b|\bvenden\b|\bpuedo comprar\b"
)
FOR_SALE = re.compile(
    r"[€$£]|\bs[eo]ld\b|\bsell|\bsale\b|\bbuy|\bbought\b|\bshop\b|\border|\bstock|\bavailab|\brange\b"
    r"|\bvend|\bvente\b|\bachet|\bboutique\b|\bcommand|\bdispo|\bventa\b|\bcompra|\btienda\b|\bpedi"
)
"""What is said of things for sale; that a helmet is included with a hire is not."""

NOT_MERELY_THANKS = re.compile(
    r"\b(?:mais|but|pero|pas|jamais|toujours|never|not|n't|still|cependant|par contre|however|deja|"
    r"besoin|voudrais|aimerais|need|want|would like|quiero|necesito|ya no|todavia)\b|n't\b"
)

ASKS = re.compile(
    r"\?|¿|\b(?:comment|combien|pourquoi|quand|quels?|quelles?|lesquel(?:le)?s|ou est|ou sont|est[- ]ce|"
    r"y a[- ]t[- ]il|peut[- ]on|puis[- ]je|pouvez[- ]vous|pourriez[- ]vous|avez[- ]vous|faites[- ]vous|"
    r"je voudrais|j'aimerais|il me fau(?:t|drait)|j'ai besoin|je cherche|dites[- ]moi|"
    r"how (?:do|can|much|many|long|to|is|are|late|early)|what|when|where|which|why|who|can (?:i|you|we)|could (?:i|you|we)|"
    r"(?:do|does|is|are|will|would|may) (?:i|you|we|it|there|they|the|my|your)|i need|i would like|i'd like|"
    r"looking for|tell me|como|cuando|cuanto|donde|cual|por que|necesito|quisiera|quiero saber)\b"
)
"""Signs that a message asks for something; on folded text."""

WANTS_HUMAN = re.compile(
    r"\b(?:parler|parle|discuter|echanger|avoir|joindre|contacter|voir|passez[- ]moi|parlez|transferer|numero d'une?)\b.{0,25}?"
    r"\b(?:quelqu'un|un humain|un etre humain|une (?:vraie )?personne|conseill(?:er|ere)|responsable|gerante?|"
    r"patronn?e?|manager|directeur|directrice|interlocut(?:eur|rice)|collaborat(?:eur|rice)|collegue|service client|votre equipe|l'equipe|standard)\b"
    r"|\b(?:vrai(?:e)?|reel(?:le)?)s? (?:personne|humain|conseill)|\bun humain\b|\bpersonne humaine\b"
    r"|\b(?:me|nous) (?:rappeler|telephoner|appeler)\b|\brappelez[- ](?:moi|nous)|\betre rappele|\bpas (?:a )?un (?:robot|bot)\b"
    r"|\b(?:speak|talk|chat|put me through|connect me|transfer me|pass me|get me|reach)\b.{0,25}?"
    r"\b(?:human|person|someone|somebody|agent|manager|representative|rep|owner|boss|supervisor|director|colleague|employee|staff|"
    r"your team|the team|customer service|an adult)\b"
    r"|\b(?:real|actual|live) (?:person|human|agent|people)\b|\bhuman (?:being|please|agent)\b|\bcall me(?: back)?\b|\bring me\b"
    r"|\b(?:are you|is this|am i talking to) (?:a )?(?:bot|robot|machine|human)\b|\bgive me a call\b"
    r"|\b(?:hablar|comunicarme|contactar)\b.{0,25}?\b(?:alguien|persona|humano|agente|gerente|companer[oa]|encargad[oa]|responsable|asesor[a]?)\b"
    r"|\bpersona (?:real|de verdad)\b|\b(?:llamarme|llamenme|me llam[ae]n?)\b"
)

ANGER = {
    1.0: re.compile(
        r"inadmissible|inaccepta|scandal|\bhonte|honteu|arnaque|escro[cq]|\bvoleurs?\b|moqu\w* d[eu] (?:monde|nous|moi|gens)"
        r"|foutez|n'importe quoi|furieu[sx]|en colere|degoute|catastroph|porter plainte|avocat|mise en demeure"
        r"|ras[- ]le[- ]bol|ignoble|lamentable|deplorable|irrespect|malpoli|agressi[fv]|plus jamais|pire experience|repression des fraudes|60 millions|dgccrf"
        r"|disgust|unaccepta|outrag|appall|\bscam|rip[- ]?off|ripped off|\bthieves|thief|furious|\bangry\b|worst\b"
        r"|terrible (?:service|experience)|\bhorrible|\bawful|\brude\b|lawyer|\bsue\b|legal action|chargeback"
        r"|disput\w+ (?:the|this|a) (?:charge|payment)|never (?:coming back|again)|\ba joke\b|fed up|sick of|ashamed|shame on"
        r"|trading standards|inaceptable|vergonzos|estafa|ladrones|furios[oa]|indignad|pesim[oa]|verguenza|denuncia|abogado|nunca mas"
    ),
    0.6: re.compile(
        r"\bdecu|disappoint|decepcionad|personne ne (?:repond|me repond)|sans reponse|aucune (?:reponse|nouvelle)"
        r"|nobody (?:answers|replies)|no (?:one|body) (?:answers|replies|responds)|nadie (?:contesta|responde)"
        r"|toujours (?:rien|pas (?:recu|arriv))|n'est toujours pas|n'a toujours pas|jamais (?:recu|arriv)"
        r"|still (?:nothing|not|no |waiting|hasn't|haven't)|never (?:arrived|received|came)|todavia no|nunca lleg"
        r"|deux fois de suite|(?:deuxieme|troisieme|quatrieme|enieme) fois|(?:second|third|fourth|umpteenth) (?:time|email|message)"
        r"|debite(?:e|s)? (?:deux|2) fois|charged (?:me )?(?:twice|double)|(?:twice|double)[- ]charged|cobrado dos veces"
        r"|eventr|abime|endommage|\bcasse[es]?\b|\bmoisi|perim[eé]|\btorn\b|damaged|\bbroken\b|mouldy|moldy|\bstale\b|expired|\brot(?:o|a)\b"
        r"|il (?:me |nous )?manqu|missing (?:from|in|item)|half empty|wrong (?:item|order|coffee|product)|mauvais (?:produit|article|cafe)"
        r"|reclamation|complaint|me plaindre|complain|queja|mal servi|intoxi|malade apres|food poison|made me (?:sick|ill)"
        r"|(?:je veux|exige|j'exige|je demande) .{0,25}rembours|(?:want|demand) .{0,20}(?:refund|money back)|money back"
        r"|ca fait .{0,20}(?:jours|semaines|mois) que j'attends|(?:jours|semaines|mois) de retard|weeks? late|days? late"
    ),
    0.4: re.compile(
        r"\bretard\b|\blate\b|\binsist|immediatement|immediately|right now|tout de suite|ridicul|\bnul(?:le)?\b|useless|tiring"
        r"|impossible de (?:vous|joindre)|ignor(?:e|ed|ing)|attends depuis|been waiting|waited|absurd|problem[ea]?\b|colis ouvert|arrive ouvert"
    ),
}
"""Signs of a complaint with their weights; on folded text. Two mild ones make one strong."""

PROMOTION = re.compile(
    r"abonnes en|followers|vues garanties|(?:augment|boost)\w* (?:votre|vos|your|tu) |visibilite|seo\b|backlink|rank #?1"
    r"|crypto|bitcoin|forex|trading|invest|profit|rendement|returns|gains?\b|gagne[zr]|\bearn\b|make \$|income|passive|revenus?"
    r"|\bcredit\b|\bpret\b|\bloan|sans justificatif|taux|casino|\bbet\b|jackpot|loterie|lottery|winner|gagnant"
    r"|felicitations|congratulations|selected|selectionne|chosen|ambassad|claim|collab|partenariat"
    r"|prix casse|imbattable|promo\b|cheap|discount|-\d{2} ?%|garanti|guaranteed|limited|offre limitee|gratuits? "
    r"|cliquez|click|link in (?:our )?bio|lien en bio|dm (?:@|us|me)|whatsapp (?:me|us|our)|rejoignez|join our|private group"
    r"|mentor|signals|escort|viagra|nudes?|onlyfans|compte sera (?:supprime|suspendu)|account will be|verify your|confirmez vos"
    r"|identifiants|violation|copyright|dear (?:sir|friend|customer)|heritage de|inheritance|gana dinero|seguidores|prestamo"
    r"|visitez|visit (?:our|my|www)|packs?\b|24 ?h\b"
)
"""Signs of an advertisement or a fraud; on folded text."""
