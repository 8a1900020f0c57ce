<html><head><meta charset="utf-8"><title>校园食堂公布菜价</title></head><body><form method="post" action="show.aspx?id=3" id="form1"><input type="hidden" name="__VIEWSTATE" value="x">
<table width="100%"><tr><td align="center" class="title">校园食堂公布菜价</td></tr><tr><td align="center">作者：办公室　来源：县教育局　发布时间：2016/9/20 9:10:00　阅读次数：31</td></tr><tr><td><p>　　岔河镇中心小学的食堂从这个学期起每天公布菜价，早上七点贴在校门口，哪家送的菜、多少钱一斤，都写在上面。</p>
<p>　　家长委员会每周派两个人进厨房，看的是秤和冰柜。上个星期退回去一批豆角，因为比市价贵了三角。</p>
<p>　　校长段素云说，一顿午饭六块五，账算得清楚，饭才吃得踏实。</p></td></tr></table></form></body></html>
